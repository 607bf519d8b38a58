import { createTestDatabase, type TestDatabase } from '../../../../../../test/harness/database.ts';
import type { Database } from '../../../../../kernel/database.ts';
import { newId } from '../../../../../kernel/ids.ts';
import type { WithFiles } from '../../../ports.ts';
import type { MessageLog } from '../message-log.ts';
import type { Changes } from './changes.ts';
import { PostgresMessages } from './messages.ts';

let made: TestDatabase;
beforeAll(async () => {
  made = await createTestDatabase();
});
afterAll(() => made.drop());

const [conversationId, ana, boris] = [newId(), newId(), newId()];

/** 60,000 messages, of which the first 300 hold videos and every third of the others a picture. */
async function filled(database: Database): Promise<void> {
  await database.query(
    `INSERT INTO chat.messages (id, conversation_id, seq, rev, client_message_id, sender_id, kind, text, attachments, created_at)
     SELECT gen_random_uuid(), $1, n, n, gen_random_uuid(), CASE WHEN n <= 200 THEN $3::uuid ELSE $2::uuid END, 'text', 'hello',
       CASE WHEN n <= 300 THEN jsonb_build_array(jsonb_build_object('mimeType', 'video/mp4'))
         WHEN n % 3 = 0 THEN jsonb_build_array(jsonb_build_object('mimeType', 'image/png')) END, now()
     FROM generate_series(1, 60000) n`,
    [conversationId, ana, boris],
  );
  await database.query('ANALYZE chat.messages');
}

/** Pages of 8 KB that a statement reads, wherever they lie. */
const pagesOf = (plan: Record<string, unknown>): number => Number(plan['Shared Hit Blocks']) + Number(plan['Shared Read Blocks']);

test.each<[string, WithFiles, number]>([
  ['any kind', {}, 50],
  ['the newest kind', { kind: 'image' }, 50],
  ['a kind that is 59,700 messages back', { kind: 'video' }, 50],
  ['a person who wrote long ago', { senderId: boris }, 50],
  ['a kind of a person', { kind: 'video', senderId: ana }, 50],
  ['a kind that there is none of', { kind: 'audio' }, 0],
])('a page of files of %s reads about what it shows', async (_, only, found) => {
  const database = made.database();
  const [counted] = await database.query<{ n: number }>('SELECT count(*)::int AS n FROM chat.messages');
  if (counted?.n === 0) await filled(database);
  const asked: { text: string; values: readonly unknown[] }[] = [];
  const watched = {
    query: (text: string, values: readonly unknown[], name: string) => {
      asked.push({ text, values });
      return database.query(text, values, name);
    },
  } as unknown as Database;
  const store = new PostgresMessages(watched, null as unknown as MessageLog, null as unknown as Changes);
  const { items } = await store.page(conversationId, { before: null }, { limit: 50, bytes: 1_000_000, only });
  expect(items).toHaveLength(found);
  const { text, values } = asked[0]!;
  const [row] = await database.query<{ 'QUERY PLAN': { Plan: Record<string, unknown> }[] }>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
    values,
  );
  expect(pagesOf(row!['QUERY PLAN'][0]!.Plan)).toBeLessThan(150);
});
