import { listUnindexed } from '../../../contracts/chat/search.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench } from '../chat.fixture.ts';
import { readingVersion } from '../domain/reading.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('an admin sees which messages could not be indexed, and why', async () => {
  const admin = chat.person('admin', 'admin');
  expect(await chat.call(admin, listUnindexed, {})).toEqual({ items: [], count: 0, toReindex: 0 });
  const passed = { messageId: newId(), conversationId: newId(), reason: 'RangeError: too much' };
  await chat.query('INSERT INTO chat.search_passed (message_id, conversation_id, reason, passed_at) VALUES ($1, $2, $3, now())', [
    passed.messageId,
    passed.conversationId,
    passed.reason,
  ]);
  const items = [{ ...passed, passedAt: expect.any(String) as string }];
  expect(await chat.call(admin, listUnindexed, {})).toEqual({ items, count: 1, toReindex: 0 });
});

test('an admin sees how many messages wait to be indexed again', async () => {
  const block = (number: number, docs: number, reading: number) =>
    chat.query(
      `INSERT INTO chat.search_blocks (block, first_id, last_id, first_at, last_at, docs, parts, reading, read_docs)
       VALUES ($1, $2, $2, now(), now(), $3, 0, $4, $3)`,
      [number, newId(), docs, reading],
    );
  await block(9_001, 700, 0);
  await block(9_002, 40, 0);
  await block(9_003, 3, readingVersion);
  expect(await chat.call(chat.person('admin', 'admin'), listUnindexed, {})).toMatchObject({ toReindex: 740 });
});
