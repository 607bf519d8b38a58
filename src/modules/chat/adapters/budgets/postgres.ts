import type { Database } from '../../../../kernel/database.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { type BudgetKind, budgetOf } from '../../domain/budgets.ts';
import type { Budgets } from '../../ports.ts';

/** Budgets in `chat.budgets`: all nodes share them, and they outlive restarts. The clock is the database's. What is refused is not charged. */
export class PostgresBudgets implements Budgets {
  readonly #database: Database;
  readonly #openingsPerHour: () => number;

  constructor(database: Database, openingsPerHour: () => number) {
    this.#database = database;
    this.#openingsPerHour = openingsPerHour;
  }

  async spend(kind: BudgetKind, userId: string): Promise<void> {
    const { points, windowMs, detail } = budgetOf(kind, this.#openingsPerHour());
    const [spent] = await this.#database.query(
      `INSERT INTO chat.budgets AS b (user_id, kind, spent, ends_at) VALUES ($1, $2, 1, now() + make_interval(secs => $3::double precision / 1000))
       ON CONFLICT (user_id, kind) DO UPDATE SET
         spent = CASE WHEN b.ends_at <= now() THEN 1 ELSE b.spent + 1 END, ends_at = CASE WHEN b.ends_at <= now() THEN excluded.ends_at ELSE b.ends_at END
         WHERE b.ends_at <= now() OR b.spent < $4
       RETURNING spent`,
      [userId, kind, windowMs, points],
      'chat.spendBudget',
    );
    if (spent) return;
    const retryAfter = Math.max(1, Math.ceil(await this.#secondsLeft(kind, userId)));
    throw new AppError('rate_limited', { detail: `${detail}; try again in ${String(retryAfter)} s.`, retryAfter });
  }

  async #secondsLeft(kind: BudgetKind, userId: string): Promise<number> {
    const [row] = await this.#database.query<{ left: number }>(
      'SELECT extract(epoch FROM ends_at - now())::double precision AS left FROM chat.budgets WHERE user_id = $1 AND kind = $2',
      [userId, kind],
    );
    return row?.left ?? 0;
  }
}
