import { listMembers } from '../../../contracts/chat/members.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('pages hold each member once', async () => {
  const ana = chat.person();
  const others = Array.from({ length: 4 }, () => chat.person());
  const { id } = await chat.group(ana, others);
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: { items: { userId: string }[]; nextCursor: string | null } = await chat.call(ana, listMembers, {
      conversationId: id,
      limit: 2,
      ...(cursor && { cursor }),
    });
    seen.push(...page.items.map(({ userId }) => userId));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual([ana, ...others].map(({ userId }) => userId).sort());
});

test('strangers see none, and a strange cursor is refused', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  expect(await refusal(chat.call(chat.person(), listMembers, { conversationId: id }))).toBe('not_found');
  expect(await refusal(chat.call(ana, listMembers, { conversationId: id, cursor: 'x' }))).toBe('not_found');
});
