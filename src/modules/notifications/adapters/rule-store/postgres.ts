import type { ConversationRule } from '../../../../contracts/notifications/rules.ts';
import type { Database } from '../../../../kernel/database.ts';
import type { Happened, RuleChange, RuleStore } from '../../ports.ts';

interface RuleRow extends Record<string, unknown> {
  conversation_id: string;
  user_id: string;
  level: ConversationRule['level'];
  muted_until: string | null;
}

/** Rules in `notifications.rules`: a row for each that says something. */
export class PostgresRules implements RuleStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async of(userId: string): Promise<readonly ConversationRule[]> {
    const rows = await this.#database.query<RuleRow>(
      'SELECT * FROM notifications.rules WHERE user_id = $1 ORDER BY conversation_id',
      [userId],
      'notifications.rulesOf',
    );
    return rows.map(ruleOf);
  }

  async in(conversationIds: readonly string[]): Promise<readonly (ConversationRule & { userId: string })[]> {
    const rows = await this.#database.query<RuleRow>(
      'SELECT * FROM notifications.rules WHERE conversation_id = ANY($1::uuid[])',
      [conversationIds],
      'notifications.rulesIn',
    );
    return rows.map((row) => ({ ...ruleOf(row), userId: row.user_id }));
  }

  async set(
    userId: string,
    conversationId: string,
    { level, mutedUntil }: RuleChange,
    happened: (after: ConversationRule) => Happened,
  ): Promise<ConversationRule> {
    return this.#database.transaction(async (tx) => {
      const [row] = await tx.query<RuleRow>(
        `INSERT INTO notifications.rules AS r (conversation_id, user_id, level, muted_until) VALUES ($1, $2, $3, $4)
         ON CONFLICT (conversation_id, user_id) DO UPDATE SET level = CASE WHEN $5 THEN excluded.level ELSE r.level END,
           muted_until = CASE WHEN $6 THEN excluded.muted_until ELSE r.muted_until END RETURNING *`,
        [conversationId, userId, level ?? null, mutedUntil ?? null, level !== undefined, mutedUntil !== undefined],
      );
      const rule = row ? ruleOf(row) : { conversationId, level: null, mutedUntil: null };
      if (rule.level === null && rule.mutedUntil === null)
        await tx.query('DELETE FROM notifications.rules WHERE conversation_id = $1 AND user_id = $2', [conversationId, userId]);
      const { event, payload } = happened(rule);
      tx.publish(event, payload);
      return rule;
    });
  }

  async forget(conversationId: string, userId?: string): Promise<void> {
    await this.#database.query('DELETE FROM notifications.rules WHERE conversation_id = $1 AND ($2::uuid IS NULL OR user_id = $2)', [
      conversationId,
      userId ?? null,
    ]);
  }
}

const ruleOf = (row: RuleRow): ConversationRule => ({
  conversationId: row.conversation_id,
  level: row.level,
  mutedUntil: row.muted_until,
});
