import type { Database, Row } from '../../../../../../kernel/database.ts';
import { byteas, int4s, int8s, texts, timestamps, uuids } from '../../../../../../infra/postgres/binary-arrays.ts';
import { greatestId } from '../../../../domain/id-bounds.ts';
import { readingVersion } from '../../../../domain/reading.ts';
import type { PassedMessage } from '../../../../ports.ts';
import { blockOf, blockSize, firstLate, firstNew } from './numbering.ts';
import type { Built, Source } from './step.ts';

/** Where the worker is; `version` names this very state. */
export interface State {
  readonly version: number;
  readonly owner: string | null;
  readonly isLeased: boolean;
  readonly nextDoc: number;
  readonly backDoc: number;
  readonly lateDoc: number;
  readonly lastId: string;
  readonly backId: string | null;
}

/** A conversation with changes that have not been looked at. */
export interface Behind {
  readonly id: string;
  readonly rev: number;
  readonly mark: number;
}

export interface Changed extends Row {
  readonly id: string;
  readonly conversation_id: string;
  readonly rev: number;
  readonly is_edited: boolean;
  readonly is_deleted: boolean;
  readonly has_doc: boolean;
}

/** How far the rows of a block were put together: up to those of a term. */
export interface Merging {
  readonly block: number;
  readonly isFull: boolean;
  readonly after: string;
}

export type Marks = readonly (readonly [conversationId: string, rev: number])[];

/** A read of texts ends after so many bytes: whatever they say, a step takes a bounded time. */
export const bytesPerStep = 65_536;
export const leaseSeconds = 15;
/** Of a block, until its rows are put together: a search reads as many rows of a common term. */
const partsAtMost = 128;

/** What the worker of the index reads and writes, each in one statement that commits by itself. */
export class IndexStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The state; made first where there is none: what has a lesser id than `now` was there before the index. */
  async state(now: string): Promise<State> {
    const [found] = await this.#database.query<StateRow>(stateText, [], 'chat.searchState');
    if (found) return stateOf(found);
    await this.#database.query(
      `INSERT INTO chat.search_state (next_doc, back_doc, late_doc, last_id, back_id) VALUES ($1, $2, $3, $4, $4) ON CONFLICT DO NOTHING`,
      [firstNew, firstNew - 1, firstLate, now],
    );
    return this.state(now);
  }

  /** Takes the index for some seconds, or keeps it; null when another was faster. */
  async lease(owner: string, { version }: State): Promise<State | null> {
    const [row] = await this.#database.query<StateRow>(
      `UPDATE chat.search_state SET version = version + 1, owner = $2, leased_until = now() + make_interval(secs => ${String(leaseSeconds)})
       WHERE version = $1 RETURNING *, true AS is_leased`,
      [version, owner],
      'chat.leaseSearch',
    );
    return row ? stateOf(row) : null;
  }

  async release(owner: string): Promise<void> {
    await this.#database.query('UPDATE chat.search_state SET leased_until = NULL WHERE owner = $1', [owner]);
  }

  /** New messages between two ids, oldest first. */
  newer(after: string, before: string, most: number): Promise<Source[]> {
    return this.#database.query<Source & Row>(
      sourcesText('WHERE id > $1 AND id < $2', 'ASC'),
      [after, before, most, bytesPerStep],
      'chat.searchNewer',
    );
  }

  /** Messages before an id, newest first. */
  older(before: string, most: number): Promise<Source[]> {
    return this.#database.query<Source & Row>(sourcesText('WHERE id < $1', 'DESC'), [before, null, most, bytesPerStep], 'chat.searchOlder');
  }

  /** As many of these messages as a step may take, in the order of their ids. */
  named(ids: readonly string[], most: number): Promise<Source[]> {
    return this.#database.query<Source & Row>(sourcesText('WHERE id = ANY ($1::uuid[])', 'ASC'), [ids, null, most, bytesPerStep]);
  }

  /** Conversations above an id that changed since their mark. */
  behind(afterId: string, most: number): Promise<Behind[]> {
    return this.#database.query<Behind & Row>(
      `SELECT c.id, c.rev, COALESCE(i.indexed_rev, 0) AS mark FROM chat.conversations c
       LEFT JOIN chat.search_marks i ON i.conversation_id = c.id
       WHERE c.id > $1 AND c.rev > COALESCE(i.indexed_rev, 0) ORDER BY c.id LIMIT $2`,
      [afterId, most],
      'chat.searchBehind',
    );
  }

  /** What changed in conversations, by rev, some `most` changes in all, and how many of each are read at most. */
  async changed(behind: readonly Behind[], most: number): Promise<{ rows: Changed[]; share: number }> {
    const share = Math.ceil(most / behind.length);
    const rows = await this.#database.query<Changed>(
      changedText,
      [behind.map(({ id }) => id), behind.map(({ mark }) => mark), behind.map(({ rev }) => rev), share],
      'chat.searchChanged',
    );
    return { rows, share };
  }

  /** Adds a step to the index and moves the state on; null when the state is another one by now, and nothing was written. */
  async write(
    from: State,
    to: Pick<State, 'nextDoc' | 'backDoc' | 'lateDoc' | 'lastId' | 'backId'>,
    step: Built & { marks: Marks },
  ): Promise<State | null> {
    const blocks = [...new Set(step.docs.map(({ doc }) => blockOf(doc)))];
    const own = blocks.map((block) => step.docs.filter(({ doc }) => blockOf(doc) === block));
    const [row] = await this.#database.query<StateRow>(
      writeText,
      [
        from.version,
        to.nextDoc,
        to.backDoc,
        to.lateDoc,
        to.lastId,
        to.backId,
        int8s(step.docs.map(({ doc }) => doc)),
        uuids(step.docs.map(({ message }) => message.id)),
        int4s(step.postings.map(({ block }) => block)),
        texts(step.postings.map(({ term }) => term)),
        byteas(step.postings.map(({ docs }) => docs)),
        int4s(blocks),
        uuids(own.map((docs) => least(docs.map(({ message }) => message.id)))),
        uuids(own.map((docs) => greatest(docs.map(({ message }) => message.id)))),
        timestamps(own.map((docs) => least(docs.map(({ message }) => message.created_at)))),
        timestamps(own.map((docs) => greatest(docs.map(({ message }) => message.created_at)))),
        int4s(own.map((docs) => docs.length)),
        uuids(step.marks.map(([id]) => id)),
        int8s(step.marks.map(([, rev]) => rev)),
        uuids(step.passed.map(({ message }) => message.id)),
        uuids(step.passed.map(({ message }) => message.conversation_id)),
        texts(step.passed.map(({ reason }) => reason)),
      ],
      'chat.searchWrite',
    );
    return row ? stateOf(row) : null;
  }

  /** A block that is full or has many parts, whose rows are to be put together. */
  async toMerge(): Promise<Merging | null> {
    const [found] = await this.#database.query<{ block: number; is_full: boolean }>(
      `SELECT block, docs >= ${String(blockSize)} AS is_full FROM chat.search_blocks
       WHERE NOT merged AND (docs >= ${String(blockSize)} OR parts >= ${String(partsAtMost)}) ORDER BY block DESC LIMIT 1`,
    );
    return found ? { block: found.block, isFull: found.is_full, after: '' } : null;
  }

  /** Puts rows of one term together, among so many rows; answers how to go on, or null at the end of the block. */
  async merge({ block, isFull, after }: Merging, rows: number): Promise<Merging | null> {
    const [slice] = await this.#database.query<{ to: string | null; terms: string[] | null }>(sliceText, [
      block,
      after,
      isFull ? 4 : 8,
      rows,
    ]);
    if (slice?.terms) await this.#database.query(mergeText, [block, slice.terms]);
    if (slice?.to) return { block, isFull, after: slice.to };
    await this.#database.query('UPDATE chat.search_blocks SET parts = 0, merged = $2 WHERE block = $1', [block, isFull]);
    return null;
  }

  async passed(limit: number): Promise<{ items: PassedMessage[]; count: number }> {
    const rows = await this.#database.query<PassedMessage & { count: number } & Row>(
      `SELECT message_id AS "messageId", conversation_id AS "conversationId", reason, passed_at AS "passedAt", count(*) OVER () AS count
       FROM chat.search_passed ORDER BY passed_at DESC, message_id DESC LIMIT $1`,
      [limit],
    );
    return { items: rows.map(({ count: _, ...item }) => item), count: rows[0]?.count ?? 0 };
  }
}

export interface StateRow extends Row {
  version: number;
  owner: string | null;
  is_leased: boolean;
  next_doc: number;
  back_doc: number;
  late_doc: number;
  last_id: string;
  back_id: string | null;
}

const stateText = 'SELECT *, COALESCE(leased_until > now(), false) AS is_leased FROM chat.search_state';

export const stateOf = (row: StateRow): State => ({
  version: row.version,
  owner: row.owner,
  isLeased: row.is_leased,
  nextDoc: row.next_doc,
  backDoc: row.back_doc,
  lateDoc: row.late_doc,
  lastId: row.last_id,
  backId: row.back_id,
});

const least = (values: readonly string[]): string => values.reduce((one, other) => (one < other ? one : other), greatestId);
const greatest = (values: readonly string[]): string => values.reduce((one, other) => (one > other ? one : other), '');

/** As `searchedText` of the domain. */
export const searchedTextOf = (m: string): string =>
  `concat_ws(E'\\n', ${m}.text, (SELECT string_agg(a ->> 'name', E'\\n') FROM jsonb_array_elements(${m}.attachments) a WHERE NOT a ? 'removed'))`;

/** Up to the one that goes beyond the bytes of a step, and at least one; the length of a text is known without reading it. */
const sourcesText = (where: string, order: 'ASC' | 'DESC'): string => `
  SELECT id, conversation_id, sender_id, CASE WHEN deleted_at IS NULL THEN ${searchedTextOf('m')} ELSE '' END AS text,
    COALESCE(cardinality(mentions) > 0, false) AS has_mention, attachments, created_at
  FROM (SELECT *, sum(octet_length(text)) OVER (ORDER BY id ${order}) AS bytes FROM chat.messages ${where} ORDER BY id ${order} LIMIT $3) m
  WHERE bytes - octet_length(text) < $4 ${where.includes('$2') ? '' : 'AND $2::text IS NULL'} ORDER BY id ${order}`;

const changedText = `
  SELECT x.id, x.conversation_id, x.rev, x.edited_at IS NOT NULL AS is_edited, x.deleted_at IS NOT NULL AS is_deleted,
    EXISTS (SELECT FROM chat.search_docs s WHERE s.message_id = x.id) AS has_doc
  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS k(id, mark, upto)
  CROSS JOIN LATERAL (SELECT id, conversation_id, rev, edited_at, deleted_at FROM chat.messages m
    WHERE m.conversation_id = k.id AND m.rev > k.mark AND m.rev <= k.upto ORDER BY m.rev LIMIT $4) x`;

/** In the order of the table's key: rows that lie side by side are written together. */
export const byKey = 'ORDER BY p.block, p.term COLLATE "C"';

const writeText = `
  WITH held AS (
    UPDATE chat.search_state SET version = version + 1, next_doc = $2, back_doc = $3, late_doc = $4, last_id = $5, back_id = $6,
      leased_until = now() + make_interval(secs => ${String(leaseSeconds)})
    WHERE version = $1 RETURNING *
  ), docs AS (
    INSERT INTO chat.search_docs (doc, message_id) SELECT d.doc, d.id FROM held, unnest($7::bigint[], $8::uuid[]) AS d(doc, id)
  ), postings AS (
    INSERT INTO chat.search_postings (block, term, part, docs) SELECT p.block, p.term, held.version, p.docs
    FROM held, unnest($9::int[], $10::text[], $11::bytea[]) AS p(block, term, docs) ${byKey}
  ), blocks AS (
    INSERT INTO chat.search_blocks AS b (block, first_id, last_id, first_at, last_at, docs, parts, reading, read_docs)
    SELECT n.*, 1, ${String(readingVersion)}, n.docs
    FROM held, unnest($12::int[], $13::uuid[], $14::uuid[], $15::timestamptz[], $16::timestamptz[], $17::int[])
      AS n(block, first_id, last_id, first_at, last_at, docs)
    ON CONFLICT (block) DO UPDATE SET first_id = LEAST(b.first_id, excluded.first_id), last_id = GREATEST(b.last_id, excluded.last_id),
      first_at = LEAST(b.first_at, excluded.first_at), last_at = GREATEST(b.last_at, excluded.last_at),
      docs = b.docs + excluded.docs, read_docs = b.read_docs + excluded.docs, parts = b.parts + 1
  ), marks AS (
    INSERT INTO chat.search_marks AS i (conversation_id, indexed_rev)
    SELECT k.id, k.rev FROM held, unnest($18::uuid[], $19::bigint[]) AS k(id, rev)
    ON CONFLICT (conversation_id) DO UPDATE SET indexed_rev = GREATEST(i.indexed_rev, excluded.indexed_rev)
  ), passed AS (
    INSERT INTO chat.search_passed (message_id, conversation_id, reason, passed_at)
    SELECT q.id, q.conversation_id, q.reason, now() FROM held, unnest($20::uuid[], $21::uuid[], $22::text[]) AS q(id, conversation_id, reason)
    ON CONFLICT (message_id) DO UPDATE SET reason = excluded.reason, passed_at = excluded.passed_at
  )
  SELECT *, true AS is_leased FROM held`;

/** Terms of which a block has more than $3 rows, among those of the next rows after a term. */
const sliceText = `
  SELECT max(term) AS "to", array_agg(term) FILTER (WHERE parts > $3) AS terms FROM (
    SELECT term, count(*) AS parts FROM (
      SELECT term FROM chat.search_postings WHERE block = $1 AND term > $2 ORDER BY term LIMIT $4) t GROUP BY term) s`;

/** The merged row takes the place of the last of those it is made of, in one statement: no reader sees them twice or not at all. */
const mergeText = `
  WITH gone AS (DELETE FROM chat.search_postings WHERE block = $1 AND term = ANY ($2::text[]) RETURNING term, part, docs)
  INSERT INTO chat.search_postings (block, term, part, docs)
  SELECT $1, term, max(part), string_agg(docs, '' ORDER BY part) FROM gone GROUP BY term`;
