import type { Database } from '../../../../kernel/database.ts';
import type { Departures } from '../../ports.ts';

/** In `chat.declined`, beside whatever store keeps the conversations. */
export class PostgresDepartures implements Departures {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async decline(conversationId: string, userId: string): Promise<void> {
    await this.#database.query('INSERT INTO chat.declined (conversation_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      conversationId,
      userId,
    ]);
  }

  async among(conversationId: string, userIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.#database.query<{ id: string }>(
      'SELECT user_id::text AS id FROM chat.declined WHERE conversation_id = $1 AND user_id = ANY ($2::uuid[])',
      [conversationId, userIds],
      'chat.declinedAmong',
    );
    return new Set(rows.map(({ id }) => id));
  }

  async withdraw(conversationId: string, userIds: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    await this.#database.query('DELETE FROM chat.declined WHERE conversation_id = $1 AND user_id = ANY ($2::uuid[])', [
      conversationId,
      userIds,
    ]);
  }

  async forget(conversationId: string): Promise<void> {
    await this.#database.query('DELETE FROM chat.declined WHERE conversation_id = $1', [conversationId]);
  }
}
