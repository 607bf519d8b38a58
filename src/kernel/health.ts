export interface HealthCheck {
  readonly name: string;
  /** Whether the process can serve at all without it. */
  readonly required: boolean;
  /** Resolves with a word on its state, or rejects; cut off after two seconds. */
  readonly check: () => Promise<string>;
}

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly required: boolean;
  readonly detail: string;
}

export interface Health {
  add(check: HealthCheck): void;
  run(): Promise<readonly CheckResult[]>;
}
