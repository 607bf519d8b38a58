import { listUnindexed } from '../../../contracts/chat/operations.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('an admin sees which messages could not be indexed, and why', async () => {
  const admin = chat.person('admin', 'admin');
  expect(await chat.call(admin, listUnindexed, {})).toEqual({ items: [], count: 0 });
  const passed = { messageId: newId(), conversationId: newId(), reason: 'RangeError: too much' };
  await chat.query('INSERT INTO chat.search_passed (message_id, conversation_id, reason, passed_at) VALUES ($1, $2, $3, now())', [
    passed.messageId,
    passed.conversationId,
    passed.reason,
  ]);
  expect(await chat.call(admin, listUnindexed, {})).toEqual({ items: [{ ...passed, passedAt: expect.any(String) as string }], count: 1 });
});
