export type BudgetKind = 'open' | 'bringIn';

const hourMs = 3_600_000;

export interface Budget {
  readonly points: number;
  readonly windowMs: number;
  /** What the answer says to a person over it. */
  readonly detail: string;
}

/**
 * Limits for what others did not ask for: each new conversation, and each group somebody is added to, stays in their list. One person
 * stays far below them, and so does a team that several people set up.
 */
export function budgetOf(kind: BudgetKind, openingsPerHour: number): Budget {
  const points = kind === 'open' ? openingsPerHour : openingsPerHour * 2;
  const detail =
    kind === 'open'
      ? `You opened ${String(points)} conversations within the hour`
      : `You brought people into conversations ${String(points)} times within the hour`;
  return { points, windowMs: hourMs, detail };
}
