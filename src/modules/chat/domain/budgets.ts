export type BudgetKind = 'open' | 'bringIn';

const hourMs = 3_600_000;

export interface Budget {
  readonly points: number;
  readonly windowMs: number;
  /** What a person over it is told. */
  readonly detail: string;
}

/**
 * What reaches others unasked: each new conversation and each group that somebody is brought into lies in their list for good. A person
 * stays far below, and so does a team that is being set up by several.
 */
export const budgets: Readonly<Record<BudgetKind, Budget>> = {
  open: { points: 30, windowMs: hourMs, detail: 'You opened 30 conversations within the hour' },
  bringIn: { points: 60, windowMs: hourMs, detail: 'You brought people into conversations 60 times within the hour' },
};
