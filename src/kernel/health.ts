export interface HealthCheck {
  readonly name: string;
  /** Whether the process can serve at all without it. */
  readonly required: boolean;
  /** Resolves with its state in a few words, or rejects. Given up after two seconds. */
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

/** A line of the doctor: what was looked at, and what to do where it is not well. */
export interface Finding {
  readonly ok: boolean;
  readonly what: string;
}
