import pg from 'pg';
import { Words } from './words.ts';

/** Where the history of one conversation goes, and who wrote it. */
export interface HistoryPlace {
  readonly id: string;
  readonly senderIds: readonly string[];
}

export interface HistoryPlan {
  /** How many messages are added. */
  readonly count: number;
  /** The first gets half of all messages, the second a quarter, the rest share what is left. */
  readonly conversations: readonly HistoryPlace[];
  readonly seed?: number;
}

export interface HistoryRow {
  readonly conversationId: string;
  readonly senderId: string;
  readonly text: string;
  readonly atMs: number;
}

/** Milliseconds between two messages of the history, which ends now. */
const stepMs = 20;

/** The messages of a history in order, `size` at a time. */
export function* batchesOf({ count, conversations, seed = 1 }: HistoryPlan, size: number): Generator<HistoryRow[]> {
  const words = new Words(seed);
  const beginsMs = Date.now() - count * stepMs;
  for (let done = 0; done < count; done += size)
    yield Array.from({ length: Math.min(size, count - done) }, (_, index): HistoryRow => {
      const number = done + index;
      const { id, senderIds } = conversations[placeOf(number, conversations.length)]!;
      const senderId = senderIds[Math.floor(number / 3) % senderIds.length]!;
      return { conversationId: id, senderId, text: words.text(), atMs: beginsMs + number * stepMs };
    });
}

/** Half of all in the first, a quarter in the second, the rest evenly. */
function placeOf(index: number, conversations: number): number {
  if (conversations < 3 || index % 2 === 0) return conversations === 2 ? index % 2 : 0;
  if (index % 4 === 1) return 1;
  return 2 + (Math.floor(index / 4) % (conversations - 2));
}

const perStatement = 5_000;

/**
 * Puts a history straight into the tables, some 20,000 messages a second: as if the messages had been said one after the other. The server may run,
 * but connected clients receive no event of it.
 */
export async function fillHistory(databaseUrl: string, plan: HistoryPlan): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const rows of batchesOf(plan, perStatement))
      await client.query(insertText, [
        rows.map(({ conversationId }) => conversationId),
        rows.map(({ senderId }) => senderId),
        rows.map(({ text }) => text),
        rows.map(({ atMs }) => atMs),
      ]);
    await client.query(`TRUNCATE ${indexTables.map((name) => `chat.search_${name}`).join(', ')}`);
  } finally {
    await client.end();
  }
}

/** What is put past the log has lesser ids than what the index expects: it begins anew, behind the server. */
const indexTables = ['state', 'marks', 'blocks', 'docs', 'postings', 'passed'];

/** Ids in the order of time (UUIDv7), places after the last one of each conversation. */
const insertText = `WITH said AS (
    SELECT n, conversation_id, sender_id, text, ms, row_number() OVER (PARTITION BY conversation_id ORDER BY n) AS place
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::float8[]) WITH ORDINALITY AS s(conversation_id, sender_id, text, ms, n)
  ), heads AS (
    UPDATE chat.conversations c SET last_seq = c.last_seq + w.count, rev = c.rev + w.count, last_message_at = now()
    FROM (SELECT conversation_id AS id, count(*) AS count FROM said GROUP BY 1) w WHERE c.id = w.id
    RETURNING c.id, c.last_seq - w.count AS seq0, c.rev - w.count AS rev0
  )
  INSERT INTO chat.messages (id, conversation_id, seq, rev, sender_id, client_message_id, text, created_at)
  SELECT (lpad(to_hex(s.ms::bigint), 12, '0') || '7' || lpad(to_hex((n % 4096)::int), 3, '0') || '8' || substr(md5(random()::text), 1, 15))::uuid,
    h.id, h.seq0 + s.place, h.rev0 + s.place, s.sender_id, gen_random_uuid(), s.text, to_timestamp(s.ms / 1000)
  FROM said s JOIN heads h ON h.id = s.conversation_id ORDER BY n`;
