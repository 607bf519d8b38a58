import type { Message } from '../../../../../contracts/chat/entities.ts';
import type { Database, Transaction } from '../../../../../kernel/database/database.ts';
import type { Logger } from '../../../../../kernel/telemetry/logger.ts';
import { type Alternative, termsOf } from '../../../domain/terms.ts';
import type { MessageQuery, SearchIndex } from '../../../ports.ts';
import { messageOf, type MessageRow } from './rows.ts';

interface Unindexed extends Record<string, unknown> {
  id: string;
  conversation_id: string;
  rev: number;
  text: string;
}

/** Small enough to hold the event loop for some milliseconds only. */
const messagesPerStep = 250;
const conversationsPerStep = 100;
const stepsPerQuery = 40;

/** The full-text index trails the log, so that a send never waits for it; a search first brings it up to date. */
export class PostgresSearch implements SearchIndex {
  readonly #database: Database;
  readonly #logger: Logger;
  /** Users whose conversations are indexed to their end behind the queries. */
  readonly #goingOn = new Map<string, Promise<void>>();
  #isStopped = false;

  constructor(database: Database, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
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

  /** Settles when no indexing is under way; a start later goes on where it ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#goingOn.values());
  }

  /** Indexes what the conversations of a user hold beyond their marks; what is too much for one query goes on behind it. */
  async #catchUp(userId: string): Promise<void> {
    for (let step = 0; step < stepsPerQuery; step++) if (!(await this.#indexSome(userId))) return;
    if (this.#isStopped || this.#goingOn.has(userId)) return;
    const rest = this.#indexRest(userId).finally(() => this.#goingOn.delete(userId));
    this.#goingOn.set(userId, rest);
  }

  /** Never rejects: what fails here is tried again by the next query. */
  async #indexRest(userId: string): Promise<void> {
    try {
      while (!this.#isStopped && (await this.#indexSome(userId)));
    } catch (error) {
      this.#logger.warn('indexing for search stopped; the next query goes on', { error: String(error) });
    }
  }

  /** True when there may be more. */
  #indexSome(userId: string): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const behind = await tx.query<{ id: string; rev: number }>(behindText, [userId, conversationsPerStep], 'chat.unindexed');
      if (behind.length === 0) return false;
      const heads = await lockMarks(tx, behind);
      const share = Math.ceil(messagesPerStep / heads.length);
      const found = await tx.query<Unindexed>(
        unindexedText,
        [heads.map(({ id }) => id), heads.map(({ from }) => from), heads.map(({ rev }) => rev), share],
        'chat.readUnindexed',
      );
      await tx.query(indexText, [JSON.stringify(found.map(({ text, ...row }) => ({ ...row, terms: termsOf(text) })))]);
      const reached = reachedBy(heads, found, share);
      await tx.query(
        'UPDATE chat.index_marks i SET indexed_rev = r.rev FROM unnest($1::uuid[], $2::bigint[]) AS r(id, rev) WHERE i.conversation_id = r.id',
        [[...reached.keys()], [...reached.values()]],
      );
      return behind.length === conversationsPerStep || heads.some(({ id, rev }) => (reached.get(id) ?? rev) < rev);
    });
  }
}

/** A conversation that is indexed up to `from` and holds changes up to `rev`. */
interface Head {
  readonly id: string;
  readonly rev: number;
  readonly from: number;
}

const behindText = `SELECT c.id, c.rev FROM chat.members m JOIN chat.conversations c ON c.id = m.conversation_id
  LEFT JOIN chat.index_marks i ON i.conversation_id = c.id
  WHERE m.user_id = $1 AND c.rev > COALESCE(i.indexed_rev, 0) ORDER BY c.id LIMIT $2`;

const unindexedText = `SELECT x.id, x.conversation_id, x.rev, x.text FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS k(id, known, upto)
  CROSS JOIN LATERAL (SELECT id, conversation_id, rev, text FROM chat.messages
    WHERE conversation_id = k.id AND rev > k.known AND rev <= k.upto ORDER BY rev LIMIT $4) x`;

const indexText = `INSERT INTO chat.message_terms (message_id, conversation_id, rev, terms)
  SELECT d.id, d.conversation_id, d.rev, array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(d.terms)))
  FROM jsonb_to_recordset($1::jsonb) AS d(id uuid, conversation_id uuid, rev bigint, terms jsonb)
  ON CONFLICT (message_id) DO UPDATE SET rev = excluded.rev, terms = excluded.terms`;

/** Makes the marks this query's alone, all in one order, so that two queries wait for each other instead of locking crosswise. */
async function lockMarks(tx: Transaction, behind: readonly { id: string; rev: number }[]): Promise<Head[]> {
  const ids = behind.map(({ id }) => id);
  await tx.query(
    'INSERT INTO chat.index_marks (conversation_id, indexed_rev) SELECT u, 0 FROM unnest($1::uuid[]) AS u ON CONFLICT DO NOTHING',
    [ids],
  );
  const marks = await tx.query<{ id: string; from: number }>(
    'SELECT conversation_id AS id, indexed_rev AS "from" FROM chat.index_marks WHERE conversation_id = ANY($1::uuid[]) ORDER BY conversation_id FOR UPDATE',
    [ids],
  );
  const from = new Map(marks.map((mark) => [mark.id, mark.from]));
  return behind.map((head) => ({ ...head, from: from.get(head.id) ?? 0 }));
}

/** How far each conversation is indexed now; never back, since another may have gone further before the lock. */
function reachedBy(heads: readonly Head[], found: readonly Unindexed[], share: number): Map<string, number> {
  const counts = new Map<string, { count: number; rev: number }>();
  for (const { conversation_id: id, rev } of found) {
    const seen = counts.get(id) ?? { count: 0, rev: 0 };
    counts.set(id, { count: seen.count + 1, rev: Math.max(seen.rev, rev) });
  }
  return new Map(
    heads.map(({ id, rev, from }) => {
      const seen = counts.get(id);
      return [id, seen?.count === share ? seen.rev : Math.max(rev, from)];
    }),
  );
}

/** A number: PostgreSQL refuses some of the years that ISO 8601 knows. */
const secondsOf = (time: string | undefined): number | null => (time === undefined ? null : Date.parse(time) / 1000);
const tsquery = (groups: MessageQuery['groups']): string => groups.map((group) => `(${group.map(lexeme).join(' | ')})`).join(' & ');
const lexeme = ({ term, prefix }: Alternative): string => `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'${prefix ? ':*' : ''}`;
const pattern = (literal: string): string => `%${literal.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
