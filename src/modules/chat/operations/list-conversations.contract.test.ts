import { listConversations } from '../../../contracts/chat/conversations.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('the most recently active comes first, with unread and the last message', async () => {
  const ana = chat.person();
  const boris = chat.person('boris2');
  const quiet = await chat.group(ana, [boris]);
  chat.clock.ms += 1_000;
  const busy = await chat.group(ana, [boris]);
  chat.clock.ms += 1_000;
  const sent = await chat.say(ana, quiet, 'for @boris2');
  const { items } = await chat.call(boris, listConversations, {});
  expect(items.map(({ id }) => id)).toEqual([quiet.id, busy.id]);
  expect(items[0]).toMatchObject({ unread: 1, mentions: 1, lastReadSeq: 0, lastMessage: sent, lastSeq: 1 });
  expect((await chat.call(ana, listConversations, {})).items[0]).toMatchObject({ unread: 0, mentions: 0 });
});

test('pages hold each conversation once', async () => {
  const ana = chat.person();
  for (let count = 0; count < 5; count++) await chat.group(ana);
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: { items: { id: string }[]; nextCursor: string | null } = await chat.call(ana, listConversations, {
      limit: 2,
      ...(cursor && { cursor }),
    });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
});

test('others’ conversations are not among them, and a strange cursor is refused', async () => {
  await chat.group(chat.person());
  const stranger = chat.person();
  expect(await chat.call(stranger, listConversations, {})).toEqual({ items: [], nextCursor: null });
  expect(await refusal(chat.call(stranger, listConversations, { cursor: 'abc' }))).toBe('not_found');
});

test('a list shows the beginning of a long last message', async () => {
  const ana = chat.person();
  const group = await chat.group(ana);
  await chat.say(ana, group, '語'.repeat(16_000));
  const { items } = await chat.call(ana, listConversations, {});
  expect(items[0]?.lastMessage).toMatchObject({ text: '語'.repeat(300), truncated: true });
});
