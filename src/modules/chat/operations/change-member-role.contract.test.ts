import type { MemberRole } from '../../../contracts/chat/conversations.ts';
import { changeMemberRole, memberChanged } from '../../../contracts/chat/members.ts';
import { deleteMessage } from '../../../contracts/chat/messages.ts';
import { getConversation } from '../../../contracts/chat/conversations.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('an owner gives a role, which takes a rev, is published, and applies at once', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const cleo = chat.person();
  const { id, rev } = await chat.group(ana, [boris, cleo]);
  const member = await chat.call(ana, changeMemberRole, { conversationId: id, userId: boris.userId, role: 'moderator' });
  expect(member).toMatchObject({ userId: boris.userId, role: 'moderator' });
  expect(chat.receivedOf(memberChanged)).toEqual([{ conversationId: id, rev: rev + 1, member }]);
  const sent = await chat.say(cleo, { id }, 'spam');
  expect((await chat.call(boris, deleteMessage, { messageId: sent.id })).text).toBe('');
});

test('the same role again changes nothing', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id, rev } = await chat.group(ana, [boris]);
  await chat.call(ana, changeMemberRole, { conversationId: id, userId: boris.userId, role: 'member' });
  expect((await chat.call(ana, getConversation, { conversationId: id })).rev).toBe(rev);
});

test('the last owner keeps the role until there is another', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  const give = (userId: string, role: MemberRole) => chat.call(ana, changeMemberRole, { conversationId: id, userId, role });
  expect(await refusal(give(ana.userId, 'member'))).toBe('last_owner');
  await give(boris.userId, 'owner');
  expect((await give(ana.userId, 'member')).role).toBe('member');
});

test('of two owners who both step down at once one stays', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  await chat.call(ana, changeMemberRole, { conversationId: id, userId: boris.userId, role: 'owner' });
  const outcomes = await Promise.allSettled(
    [ana, boris].map((one) => chat.call(one, changeMemberRole, { conversationId: id, userId: one.userId, role: 'member' })),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a guest of the team is given no role above guest', async () => {
  const ana = chat.person();
  const guest = chat.person(undefined, 'guest');
  const { id, rev } = await chat.group(ana, [guest]);
  for (const role of ['owner', 'moderator', 'member'] as const)
    expect(await refusal(chat.call(ana, changeMemberRole, { conversationId: id, userId: guest.userId, role }))).toBe('forbidden');
  expect((await chat.call(ana, getConversation, { conversationId: id })).rev).toBe(rev);
});

test('moderators give no roles, direct conversations know none, strangers see nothing', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  const both = await chat.direct(ana, boris);
  await chat.call(ana, changeMemberRole, { conversationId: id, userId: boris.userId, role: 'moderator' });
  const give = (as: TestPerson, conversationId: string, userId: string) =>
    refusal(chat.call(as, changeMemberRole, { conversationId, userId, role: 'owner' }));
  expect(await give(boris, id, boris.userId)).toBe('forbidden');
  expect(await give(ana, both.id, boris.userId)).toBe('forbidden');
  expect(await give(ana, id, newId())).toBe('not_found');
  expect(await give(chat.person(), id, ana.userId)).toBe('not_found');
});
