import { createTestDatabase, type TestDatabase } from '../../../../../../../test/harness/database.ts';
import type { PgDatabase } from '../../../../../../infra/postgres/pg-database.ts';
import { newId } from '../../../../../../kernel/ids.ts';
import { queryOf } from '../../../../domain/terms.ts';
import { IndexStore } from './index-store.ts';
import { IndexReader } from './reader.ts';
import { Walk } from './walk.ts';

/** A database with one group, in which messages are written past the store and looked for by the index. */
export class IndexBench {
  readonly database: PgDatabase;
  readonly store: IndexStore;
  readonly ana = newId();
  /** Of the group. */
  readonly id = newId();
  seq = 0;
  readonly #made: TestDatabase;

  static async open(): Promise<IndexBench> {
    const bench = new IndexBench(await createTestDatabase());
    const { database, id, ana } = bench;
    await database.query(
      `INSERT INTO chat.conversations (id, kind, visibility, created_by, created_at) VALUES ($1, 'group', 'private', $2, now())`,
      [id, ana],
    );
    await database.query(`INSERT INTO chat.members (conversation_id, user_id, role, joined_at) VALUES ($1, $2, 'owner', now())`, [id, ana]);
    return bench;
  }

  private constructor(made: TestDatabase) {
    this.#made = made;
    this.database = made.database();
    this.store = new IndexStore(this.database);
  }

  close(): Promise<void> {
    return this.#made.drop();
  }

  /** The id may be given, as by an import or a node with a clock of its own. */
  async say(text: string, messageId = newId()): Promise<string> {
    this.seq++;
    await this.database.query(
      `INSERT INTO chat.messages (id, conversation_id, seq, rev, sender_id, client_message_id, text, created_at) VALUES ($1, $2, $3, $3, $4, $5, $6, now())`,
      [messageId, this.id, this.seq, this.ana, newId(), text],
    );
    await this.database.query('UPDATE chat.conversations SET last_seq = $2, rev = $2 WHERE id = $1', [this.id, this.seq]);
    return messageId;
  }

  async find(q: string): Promise<string[]> {
    const asked = { userId: this.ana, query: { ...queryOf(q), limit: 50 } };
    return (await new Walk(new IndexReader(this.database), asked, performance.now() + 10_000).run()).messages.map(({ text }) => text);
  }
}
