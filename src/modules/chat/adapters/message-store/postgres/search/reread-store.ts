import { byteas, int4s, texts } from '../../../../../../infra/postgres/binary-arrays.ts';
import type { Database, Row } from '../../../../../../kernel/database.ts';
import { readingVersion } from '../../../../domain/reading.ts';
import { byKey, bytesPerStep, leaseSeconds, searchedTextOf, type State, stateOf, type StateRow } from './index-store.ts';
import { blockOf, blockSize, docOf } from './numbering.ts';
import type { Posting } from './postings.ts';
import type { Source } from './step.ts';

/** A block whose documents, or some of them, were read in a former way. */
export interface Unread {
  readonly block: number;
  /** Documents before this place were read again. */
  readonly place: number;
  /** How many such blocks there are, and documents in them. */
  readonly left: number;
  readonly docsLeft: number;
}

/** A document of a block; without a message where that is gone. */
export interface Reread {
  readonly doc: number;
  readonly message: Source | null;
}

export interface RereadStep {
  readonly place: number;
  readonly postings: readonly Posting[];
  readonly isDone: boolean;
}

/** Reading again what is indexed, each step in one statement that commits by itself. */
export class RereadStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The newest block that is to be read again; one that is still being filled from behind waits. */
  async next({ backId, backDoc }: State): Promise<Unread | null> {
    const [found] = await this.#database.query<Unread & Row>(
      `SELECT block, reread_place AS place, (count(*) OVER ())::int AS left, (sum(docs) OVER ())::int AS "docsLeft" FROM chat.search_blocks
       WHERE ${unread} AND ($1::int IS NULL OR block <> $1) ORDER BY block DESC LIMIT 1`,
      [backId === null ? null : blockOf(backDoc)],
      'chat.searchUnread',
    );
    return found ?? null;
  }

  /** About how many messages are left, whichever node reads them. */
  async left(): Promise<number> {
    const [row] = await this.#database.query<{ docs: number }>(
      `SELECT COALESCE(sum(docs), 0)::int AS docs FROM chat.search_blocks WHERE ${unread}`,
    );
    return row?.docs ?? 0;
  }

  /** As many as a step may take, and one at least. */
  async docs({ block, place }: Unread, most: number): Promise<Reread[]> {
    const rows = await this.#database.query<Source & { doc: number; is_there: boolean } & Row>(
      docsText,
      [docOf(block, place), docOf(block, blockSize), most, bytesPerStep],
      'chat.searchReread',
    );
    return rows.map(({ doc, is_there, ...message }) => ({ doc, message: is_there ? message : null }));
  }

  /** Adds what the documents lacked; null when the state is another one by now, and nothing was written. */
  async write(from: State, block: number, { place, postings, isDone }: RereadStep): Promise<State | null> {
    const [row] = await this.#database.query<StateRow>(
      writeText,
      [
        from.version,
        int4s(postings.map((posting) => posting.block)),
        texts(postings.map(({ term }) => term)),
        byteas(postings.map(({ docs }) => docs)),
        block,
        isDone ? 0 : place,
        postings.length > 0 ? 1 : 0,
        isDone,
      ],
      'chat.searchRereadWrite',
    );
    return row ? stateOf(row) : null;
  }
}

const unread = `(reading < ${String(readingVersion)} OR read_docs <> docs)`;

const docsText = `
  SELECT doc, is_there, id, conversation_id, sender_id, text, has_mention, attachments, created_at FROM (
    SELECT d.doc, m.id IS NOT NULL AS is_there, m.id, m.conversation_id, m.sender_id, false AS has_mention, m.attachments, m.created_at,
      CASE WHEN m.deleted_at IS NULL THEN ${searchedTextOf('m')} ELSE '' END AS text, COALESCE(octet_length(m.text), 0) AS size,
      sum(COALESCE(octet_length(m.text), 0)) OVER (ORDER BY d.doc) AS bytes
    FROM (SELECT * FROM chat.search_docs WHERE doc >= $1 AND doc < $2 ORDER BY doc LIMIT $3) d
    LEFT JOIN chat.messages m ON m.id = d.message_id) r
  WHERE bytes - size < $4 ORDER BY doc`;

const writeText = `
  WITH held AS (
    UPDATE chat.search_state SET version = version + 1, leased_until = now() + make_interval(secs => ${String(leaseSeconds)})
    WHERE version = $1 RETURNING *
  ), postings AS (
    INSERT INTO chat.search_postings (block, term, part, docs) SELECT p.block, p.term, held.version, p.docs
    FROM held, unnest($2::int[], $3::text[], $4::bytea[]) AS p(block, term, docs) ${byKey}
  ), blocks AS (
    UPDATE chat.search_blocks b SET reread_place = $6, parts = b.parts + $7::int, merged = b.merged AND NOT $8::boolean,
      reading = CASE WHEN $8 THEN ${String(readingVersion)} ELSE b.reading END, read_docs = CASE WHEN $8 THEN b.docs ELSE b.read_docs END
    FROM held WHERE b.block = $5
  )
  SELECT *, true AS is_leased FROM held`;
