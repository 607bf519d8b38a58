import type { Message } from '../../../../../contracts/chat/entities.ts';
import type { Database } from '../../../../../kernel/database/database.ts';
import { type Alternative, termsOf } from '../../../domain/terms.ts';
import type { MessageQuery, SearchIndex } from '../../../ports.ts';
import { messageOf, type MessageRow } from './rows.ts';

interface Unindexed extends Record<string, unknown> {
  id: string;
  rev: number;
  text: string;
}

const perStep = 500;

/** The full-text index trails the log, so that a send never waits for it; a search first brings it up to date. */
export class PostgresSearch implements SearchIndex {
  readonly #database: Database;
  readonly #running = new Map<string, Promise<void>>();

  constructor(database: Database) {
    this.#database = database;
  }

  async search(userId: string, query: MessageQuery): Promise<readonly Message[]> {
    if (query.groups.length === 0) return [];
    await this.#catchUp(userId);
    const rows = await this.#database.query<MessageRow>(
      `SELECT m.* FROM chat.message_terms t JOIN chat.messages m ON m.id = t.message_id
       JOIN chat.members me ON me.conversation_id = t.conversation_id AND me.user_id = $1
       WHERE t.terms @@ $2::tsquery AND m.deleted_at IS NULL
         AND ($3::text[] = '{}' OR replace(lower(normalize(m.text, NFKC)), 'ё', 'е') LIKE ALL ($3::text[]))
         AND ($4::uuid IS NULL OR m.conversation_id = $4) AND ($5::uuid IS NULL OR m.sender_id = $5)
         AND ($6::float8 IS NULL OR m.created_at < to_timestamp($6)) AND ($7::float8 IS NULL OR m.created_at > to_timestamp($7))
         AND ($8::text IS NULL OR ($8 = 'link' AND m.text ~ 'https?://') OR ($8 = 'reaction' AND jsonb_array_length(m.reactions) > 0)
              OR ($8 = 'mention' AND cardinality(m.mentions) > 0))
         AND ($9::uuid IS NULL OR m.id < $9)
       ORDER BY m.id DESC LIMIT $10`,
      [
        userId,
        tsquery(query.groups),
        query.literals.map(pattern),
        query.conversationId ?? null,
        query.senderId ?? null,
        secondsOf(query.before),
        secondsOf(query.after),
        query.has ?? null,
        query.beforeId ?? null,
        query.limit,
      ],
    );
    return rows.map(messageOf);
  }

  /** Indexes whatever the conversations of a user hold beyond their marks. */
  async #catchUp(userId: string): Promise<void> {
    const behind = await this.#database.query<{ id: string }>(
      `SELECT c.id FROM chat.members m JOIN chat.conversations c ON c.id = m.conversation_id
       LEFT JOIN chat.index_marks i ON i.conversation_id = c.id WHERE m.user_id = $1 AND c.rev > COALESCE(i.indexed_rev, 0)`,
      [userId],
    );
    for (const { id } of behind) await this.#index(id);
  }

  #index(conversationId: string): Promise<void> {
    const running = this.#running.get(conversationId);
    if (running) return running;
    const work = this.#indexAll(conversationId).finally(() => this.#running.delete(conversationId));
    this.#running.set(conversationId, work);
    return work;
  }

  async #indexAll(conversationId: string): Promise<void> {
    while (await this.#indexSome(conversationId));
  }

  /** True when there is more. */
  #indexSome(conversationId: string): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      await tx.query('INSERT INTO chat.index_marks (conversation_id, indexed_rev) VALUES ($1, 0) ON CONFLICT DO NOTHING', [conversationId]);
      const [mark] = await tx.query<{ indexed_rev: number }>(
        'SELECT indexed_rev FROM chat.index_marks WHERE conversation_id = $1 FOR UPDATE',
        [conversationId],
      );
      const from = mark?.indexed_rev ?? 0;
      const [head] = await tx.query<{ rev: number }>('SELECT rev FROM chat.conversations WHERE id = $1', [conversationId]);
      const rows = await tx.query<Unindexed>(
        'SELECT id, rev, text FROM chat.messages WHERE conversation_id = $1 AND rev > $2 AND rev <= $3 ORDER BY rev LIMIT $4',
        [conversationId, from, head?.rev ?? 0, perStep],
      );
      await tx.query(
        `INSERT INTO chat.message_terms (message_id, conversation_id, rev, terms)
         SELECT d.id, $1, d.rev, array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(d.terms)))
         FROM jsonb_to_recordset($2::jsonb) AS d(id uuid, rev bigint, terms jsonb)
         ON CONFLICT (message_id) DO UPDATE SET rev = excluded.rev, terms = excluded.terms`,
        [conversationId, JSON.stringify(rows.map(({ id, rev, text }) => ({ id, rev, terms: termsOf(text) })))],
      );
      const isFull = rows.length === perStep;
      await tx.query('UPDATE chat.index_marks SET indexed_rev = $2 WHERE conversation_id = $1', [
        conversationId,
        isFull ? (rows.at(-1)?.rev ?? from) : (head?.rev ?? from),
      ]);
      return isFull;
    });
  }
}

/** A number: PostgreSQL refuses some of the years that ISO 8601 knows. */
const secondsOf = (time: string | undefined): number | null => (time === undefined ? null : Date.parse(time) / 1000);
const tsquery = (groups: MessageQuery['groups']): string => groups.map((group) => `(${group.map(lexeme).join(' | ')})`).join(' & ');
const lexeme = ({ term, prefix }: Alternative): string => `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'${prefix ? ':*' : ''}`;
const pattern = (literal: string): string => `%${literal.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
