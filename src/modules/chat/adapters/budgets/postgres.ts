import type { Clock } from '../../../../kernel/clock.ts';
import type { Database } from '../../../../kernel/database/database.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { type BudgetKind, budgets } from '../../domain/budgets.ts';
import type { Budgets } from '../../ports.ts';

/** Budgets in `chat.budgets`: all nodes share them, and they outlive restarts. What is refused is not charged. */
export class PostgresBudgets implements Budgets {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async spend(kind: BudgetKind, userId: string): Promise<void> {
    const { points, windowMs, detail } = budgets[kind];
    const now = this.#clock.now();
    const [spent] = await this.#database.query(
      `INSERT INTO chat.budgets AS b (user_id, kind, spent, ends_at) VALUES ($1, $2, 1, $4)
       ON CONFLICT (user_id, kind) DO UPDATE SET
         spent = CASE WHEN b.ends_at <= $3 THEN 1 ELSE b.spent + 1 END, ends_at = CASE WHEN b.ends_at <= $3 THEN excluded.ends_at ELSE b.ends_at END
         WHERE b.ends_at <= $3 OR b.spent < $5
       RETURNING spent`,
      [userId, kind, new Date(now).toISOString(), new Date(now + windowMs).toISOString(), points],
      'chat.spendBudget',
    );
    if (spent) return;
    const retryAfter = Math.max(1, Math.ceil(((await this.#endOf(kind, userId)) - now) / 1000));
    throw new AppError('rate_limited', { detail: `${detail}; try again in ${String(retryAfter)} s.`, retryAfter });
  }

  async #endOf(kind: BudgetKind, userId: string): Promise<number> {
    const [row] = await this.#database.query<{ endsAt: string }>(
      'SELECT ends_at AS "endsAt" FROM chat.budgets WHERE user_id = $1 AND kind = $2',
      [userId, kind],
    );
    return row ? Date.parse(row.endsAt) : 0;
  }
}
