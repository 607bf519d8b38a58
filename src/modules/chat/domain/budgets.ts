export type BudgetKind = 'open' | 'bringIn';

const hourMs = 3_600_000;

export interface Budget {
  readonly points: number;
  readonly windowMs: number;
  /** What the answer says to a person over it. */
  readonly detail: string;
}

/**
 * What reaches others unasked: each new conversation and each group that somebody is brought into lies in their list for good. A person
 * stays far below, and so does a team that is being set up by several.
 */
export function budgetOf(kind: BudgetKind, openingsPerHour: number): Budget {
  const points = kind === 'open' ? openingsPerHour : openingsPerHour * 2;
  const detail =
    kind === 'open'
      ? `You opened ${String(points)} conversations within the hour`
      : `You brought people into conversations ${String(points)} times within the hour`;
  return { points, windowMs: hourMs, detail };
}
