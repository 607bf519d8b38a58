import type { Message } from '../../../../../../contracts/chat/messages.ts';
import type { Database, Row } from '../../../../../../kernel/database.ts';
import type { Alternative } from '../../../../domain/terms.ts';
import type { Condition } from '../../../../domain/index-terms.ts';
import { readingVersion } from '../../../../domain/reading.ts';
import type { MessageQuery } from '../../../../ports.ts';
import { messageOf, type MessageRow } from '../message-columns.ts';
import { greatestId, idFromNow, leastId } from '../../../../domain/id-bounds.ts';
import type { Posting } from './postings.ts';

/** Who asks for what. */
export interface Asked {
  readonly userId: string;
  readonly query: MessageQuery;
}

export interface Block {
  readonly block: number;
  readonly firstId: string;
  readonly lastId: string;
  /** Its texts were read as this version reads them. */
  readonly isRead: boolean;
}

/** The newest message of which the index knows, and the oldest; null when it knows all. */
export interface Known {
  readonly lastId: string;
  readonly backId: string | null;
}

/** A document with its message, or without one where this person may not read it or a filter leaves it out. */
export interface Candidate {
  readonly doc: number;
  readonly messageId: string;
  readonly message: Message | null;
}

/** Messages the index does not know as they are now. */
export interface Tail {
  readonly messages: readonly Message[];
  /** More was said than is looked through. */
  readonly isCut: boolean;
}

const tailMessages = 1_000;
const tailBytes = 512_000;
/** Long texts are looked through apart, and few of them, so that they never hide the others. */
const longBytes = 8_192;
const longAtMost = 16;
const changedConversations = 100;
const changesEach = 200;
const futureMs = 60_000;
/** Of a prefix in a block: that many words that begin so. */
const wordsPerPrefix = 600;
const oldAtMost = 200;

/** What a search reads, each in one short statement. */
export class IndexReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async known(): Promise<Known> {
    const [row] = await this.#database.query<Known & Row>(
      'SELECT last_id AS "lastId", back_id AS "backId" FROM chat.search_state',
      [],
      'chat.searchKnown',
    );
    return row ?? { lastId: leastId, backId: greatestId };
  }

  /** Blocks that may hold what is asked for, the newest documents first. */
  blocks({ query }: Asked): Promise<Block[]> {
    return this.#database.query<Block & Row>(
      `SELECT block, first_id AS "firstId", last_id AS "lastId", reading >= ${String(readingVersion)} AND read_docs = docs AS "isRead"
       FROM chat.search_blocks
       WHERE ($1::uuid IS NULL OR first_id < $1) AND ($2::float8 IS NULL OR first_at < to_timestamp($2)) AND ($3::float8 IS NULL OR last_at > to_timestamp($3))
       ORDER BY block DESC`,
      [query.beforeId ?? null, secondsOf(query.before), secondsOf(query.after)],
      'chat.searchBlocks',
    );
  }

  postings(blocks: readonly number[], conditions: readonly Condition[]): Promise<Posting[]> {
    const prefixes = conditions.flatMap(({ prefix }) => prefix ?? []);
    const terms = [...new Set(conditions.flatMap((condition) => condition.terms))];
    return this.#database.query<Posting & Row>(postingsText(prefixes.length > 0), [
      blocks,
      terms,
      ...(prefixes.length > 0 ? [prefixes, prefixes.map((prefix) => `${prefix}\u{10ffff}`)] : []),
    ]);
  }

  async candidates({ userId, query }: Asked, docs: readonly number[]): Promise<Candidate[]> {
    const rows = await this.#database.query<MessageRow & { doc: number; message_id: string; id: string | null }>(candidatesText, [
      userId,
      ...filterValues(query),
      docs,
    ]);
    return rows.map((row) => ({
      doc: row.doc,
      messageId: row.message_id,
      message: (row.id as string | null) === null ? null : messageOf(row),
    }));
  }

  /** New messages, newest first, and those that were changed since. */
  async tail({ userId, query }: Asked, { lastId }: Known): Promise<Tail> {
    const farId = idFromNow(futureMs);
    const [newest, changed] = [
      await this.#database.query<MessageRow & { is_cut: boolean; id: string | null }>(newestText, [
        userId,
        ...filterValues(query),
        lastId,
        farId,
      ]),
      await this.#database.query<MessageRow>(changedText, [userId, ...filterValues(query), lastId, farId]),
    ];
    const rows = newest.filter(({ id }) => (id as string | null) !== null);
    return { messages: [...rows, ...changed].map(messageOf), isCut: newest[0]?.is_cut ?? false };
  }

  /** From the index of the version before, while this one is being built: what is older than `backId`. */
  async old({ userId, query }: Asked, backId: string): Promise<Message[]> {
    const rows = await this.#database.query<MessageRow>(
      `SELECT m.* FROM chat.message_terms t JOIN chat.messages m ON m.id = t.message_id
       WHERE t.terms @@ $9::tsquery AND t.message_id < $8 AND ${filters} ORDER BY m.id DESC LIMIT ${String(oldAtMost)}`,
      [userId, ...filterValues(query), backId, [query, query.former ?? query].map(({ groups }) => `(${tsquery(groups)})`).join(' | ')],
    );
    return rows.map(messageOf);
  }

  async isMember(userId: string, conversationId: string): Promise<boolean> {
    const rows = await this.#database.query(
      'SELECT FROM chat.members WHERE user_id = $1 AND conversation_id = $2',
      [userId, conversationId],
      'chat.searchMember',
    );
    return rows.length > 0;
  }

  /** The conversations of a person; null when there are more than `most`. */
  async conversationsOf(userId: string, most: number): Promise<string[] | null> {
    const rows = await this.#database.query<{ id: string }>(
      `SELECT conversation_id AS id FROM chat.members WHERE user_id = $1 LIMIT $2`,
      [userId, most + 1],
      'chat.searchConversations',
    );
    return rows.length > most ? null : rows.map(({ id }) => id);
  }
}

/** $1 is the person, $2 to $7 the filters of the query. */
const filters = `m.deleted_at IS NULL
  AND EXISTS (SELECT FROM chat.members me WHERE me.conversation_id = m.conversation_id AND me.user_id = $1)
  AND ($2::uuid IS NULL OR m.conversation_id = $2) AND ($3::uuid IS NULL OR m.sender_id = $3)
  AND ($4::float8 IS NULL OR m.created_at < to_timestamp($4)) AND ($5::float8 IS NULL OR m.created_at > to_timestamp($5))
  AND ($6::text IS NULL OR ($6 = 'link' AND m.text ~ 'https?://') OR ($6 = 'reaction' AND jsonb_array_length(m.reactions) > 0)
       OR ($6 = 'mention' AND cardinality(m.mentions) > 0) OR ($6 = 'file' AND m.attachments @? '$[*] ? (!exists(@.removed))')
       OR ($6 IN ('image', 'video', 'audio') AND EXISTS (
         SELECT FROM jsonb_array_elements(m.attachments) a WHERE a ->> 'mimeType' LIKE $6 || '/%' AND NOT a ? 'removed')))
  AND ($7::uuid IS NULL OR m.id < $7)`;

const filterValues = ({ conversationId, senderId, before, after, has, beforeId }: MessageQuery): unknown[] => [
  conversationId ?? null,
  senderId ?? null,
  secondsOf(before),
  secondsOf(after),
  has ?? null,
  beforeId ?? null,
];

const postingsText = (withPrefixes: boolean): string => `
  SELECT b.block, p.term, p.docs FROM unnest($1::int[]) AS b(block)
  CROSS JOIN LATERAL (SELECT term, docs FROM chat.search_postings WHERE block = b.block AND term = ANY ($2::text[])) p
  ${
    withPrefixes
      ? `UNION ALL
  SELECT b.block, p.term, p.docs FROM unnest($1::int[]) AS b(block) CROSS JOIN unnest($3::text[], $4::text[]) AS r(low, high)
  CROSS JOIN LATERAL (SELECT term, docs FROM chat.search_postings WHERE block = b.block AND term >= r.low AND term < r.high
    LIMIT ${String(wordsPerPrefix)}) p`
      : ''
  }`;

const candidatesText = `
  SELECT s.doc, s.message_id, m.* FROM unnest($8::bigint[]) AS k(doc) JOIN chat.search_docs s ON s.doc = k.doc
  LEFT JOIN LATERAL (SELECT m.* FROM chat.messages m WHERE m.id = s.message_id AND ${filters}) m ON true
  ORDER BY s.doc DESC`;

/** The length of a text is known without reading it. */
const isLong = `octet_length(m.text) > ${String(longBytes)}`;
const sizes = `sum(octet_length(m.text)) FILTER (WHERE NOT ${isLong}) OVER (ORDER BY m.id DESC) AS bytes,
      count(*) FILTER (WHERE ${isLong}) OVER (ORDER BY m.id DESC) AS longs`;
const isTaken = `CASE WHEN ${isLong} THEN m.longs <= ${String(longAtMost)} ELSE m.bytes <= ${String(tailBytes)} END`;

const newestText = `
  WITH newest AS MATERIALIZED (
    SELECT m.*, ${sizes} FROM chat.messages m
    WHERE id > $8 AND id < LEAST($9::uuid, COALESCE($7::uuid, $9::uuid)) ORDER BY id DESC LIMIT ${String(tailMessages)}
  )
  SELECT t.is_cut, m.* FROM (SELECT count(*) >= ${String(tailMessages)} OR NOT bool_and(${isTaken}) AS is_cut FROM newest m) t
  LEFT JOIN LATERAL (SELECT * FROM newest m WHERE ${isTaken} AND ${filters}) m ON true`;

const changedText = `
  WITH behind AS (
    SELECT c.id, COALESCE(i.indexed_rev, 0) AS mark FROM chat.members me JOIN chat.conversations c ON c.id = me.conversation_id
    LEFT JOIN chat.search_marks i ON i.conversation_id = c.id
    WHERE me.user_id = $1 AND c.rev > COALESCE(i.indexed_rev, 0) AND ($2::uuid IS NULL OR c.id = $2)
    ORDER BY c.last_message_at DESC NULLS LAST LIMIT ${String(changedConversations)}
  ), changed AS (
    SELECT m.*, ${sizes} FROM behind b CROSS JOIN LATERAL (
      SELECT * FROM chat.messages x WHERE x.conversation_id = b.id AND x.rev > b.mark ORDER BY x.rev DESC LIMIT ${String(changesEach)}) m
    WHERE (m.id <= $8 OR m.id >= $9) AND (m.edited_at IS NOT NULL OR NOT EXISTS (SELECT FROM chat.search_docs s WHERE s.message_id = m.id))
  )
  SELECT m.* FROM changed m WHERE ${isTaken} AND ${filters}
  ORDER BY m.id DESC LIMIT ${String(tailMessages)}`;

/** A number: PostgreSQL refuses some of the years that ISO 8601 knows. */
const secondsOf = (time: string | undefined): number | null => (time === undefined ? null : Date.parse(time) / 1000);

const tsquery = (groups: MessageQuery['groups']): string => groups.map((group) => `(${group.map(lexeme).join(' | ')})`).join(' & ');
const lexeme = ({ term, prefix }: Alternative): string => `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'${prefix ? ':*' : ''}`;
