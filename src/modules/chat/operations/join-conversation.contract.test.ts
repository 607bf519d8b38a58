import { joinConversation, membersJoined } from '../../../contracts/chat/members.ts';

import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('anyone of the team joins a public channel; twice is once', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id, rev } = await chat.channel(ana);
  await chat.say(ana, { id }, 'before');
  const joined = await chat.call(boris, joinConversation, { conversationId: id });
  expect(joined).toMatchObject({ role: 'member', unread: 0, memberCount: 2, rev: rev + 2 });
  expect((await chat.call(boris, joinConversation, { conversationId: id })).rev).toBe(joined.rev);
  expect(chat.receivedOf(membersJoined)).toHaveLength(1);
});

test('private channels, groups and unknown ids answer alike, to guests all of them', async () => {
  const ana = chat.person();
  const hidden = await chat.channel(ana, { visibility: 'private' });
  const open = await chat.channel(ana);
  const group = await chat.group(ana);
  const join = (as: TestPerson, conversationId: string) => refusal(chat.call(as, joinConversation, { conversationId }));
  const boris = chat.person(undefined, 'admin');
  for (const id of [hidden.id, group.id, newId()]) expect(await join(boris, id)).toBe('not_found');
  expect(await join(chat.person(undefined, 'guest'), open.id)).toBe('not_found');
});
