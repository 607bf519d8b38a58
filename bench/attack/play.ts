import type { Stage } from './stage.ts';

/** What one attack did to everybody else. */
export interface Outcome {
  /** Name → value with its unit, for the table. */
  readonly figures: Readonly<Record<string, string>>;
  /** What must not be, in words; empty when the attack failed. */
  readonly faults: readonly string[];
}

/** One attack. It begins with people of its own, so that the order of the attacks does not matter. */
export interface Play {
  readonly name: string;
  readonly summary: string;
  run(stage: Stage): Promise<Outcome>;
}
