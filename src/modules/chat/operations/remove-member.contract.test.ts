import { changeMemberRole, memberLeft, removeMember } from '../../../contracts/chat/members.ts';
import { editMessage, listMessages } from '../../../contracts/chat/messages.ts';
import { getConversation } from '../../../contracts/chat/conversations.ts';
import { markRead } from '../../../contracts/chat/read-state.ts';
import { searchMessages } from '../../../contracts/chat/search.ts';
import { sync } from '../../../contracts/chat/sync.ts';
import { onLive } from '../../../kernel/bus/bus.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('live listeners know of a removal before it is answered', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id, rev } = await chat.group(ana, [boris]);
  const order: string[] = [];
  chat.bus.subscribe(onLive(memberLeft, 'order', () => void order.push('received')));
  await chat.call(ana, removeMember, { conversationId: id, userId: boris.userId }).then(() => order.push('answered'));
  expect(order).toEqual(['received', 'answered']);
  expect(chat.receivedOf(memberLeft)).toEqual([{ conversationId: id, rev: rev + 1, userId: boris.userId }]);
});

test('nothing of the conversation is theirs any more, whatever was under way', async () => {
  const ana = chat.person();
  const boris = chat.person('boris3');
  const { id } = await chat.group(ana, [boris]);
  const sent = await chat.say(boris, { id }, 'before');
  const racing = Array.from({ length: 20 }, () =>
    chat.say(boris, { id }, 'racing').then(
      (message) => message.rev,
      () => 0,
    ),
  );
  await chat.call(ana, removeMember, { conversationId: id, userId: boris.userId });
  const left = chat.receivedOf(memberLeft).find(({ conversationId }) => conversationId === id);
  for (const rev of await Promise.all(racing)) expect(rev).toBeLessThan(left?.rev ?? 0);
  const tries = [
    chat.say(boris, { id }, 'after'),
    chat.call(boris, editMessage, { messageId: sent.id, text: 'after' }),
    chat.call(boris, listMessages, { conversationId: id }),
    chat.call(boris, getConversation, { conversationId: id }),
    chat.call(boris, markRead, { conversationId: id, seq: 1 }),
  ];
  for (const one of tries) expect(await refusal(one)).toBe('not_found');
  expect((await chat.call(boris, searchMessages, { q: 'before' })).items).toEqual([]);
  expect((await chat.call(boris, sync, { revs: { [id]: 1 } })).removed).toEqual([id]);
});

test('everybody may leave but the last owner, who would leave it without one', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.channel(ana, { memberIds: [boris.userId] });
  const leave = (as: TestPerson) => chat.call(as, removeMember, { conversationId: id, userId: as.userId });
  expect(await refusal(leave(ana))).toBe('last_owner');
  await leave(boris);
  expect(await refusal(leave(ana))).toBe('last_owner');
  expect(await refusal(leave(boris))).toBe('not_found');
});

test('two owners who leave at once do not both leave', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  await chat.call(ana, changeMemberRole, { conversationId: id, userId: boris.userId, role: 'owner' });
  const outcomes = await Promise.allSettled(
    [ana, boris].map((one) => chat.call(one, removeMember, { conversationId: id, userId: one.userId })),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('members take nobody out, strangers see nothing, a direct conversation stays between two', async () => {
  const [ana, boris, cleo] = [chat.person(), chat.person(), chat.person()];
  const { id } = await chat.group(ana, [boris, cleo]);
  const both = await chat.direct(ana, boris);
  const out = (as: TestPerson, conversationId: string, userId: string) => refusal(chat.call(as, removeMember, { conversationId, userId }));
  expect(await out(boris, id, cleo.userId)).toBe('forbidden');
  expect(await out(ana, both.id, boris.userId)).toBe('forbidden');
  expect(await out(boris, both.id, boris.userId)).toBe('forbidden');
  expect(await out(chat.person(undefined, 'owner'), id, cleo.userId)).toBe('not_found');
  expect(await out(ana, id, newId())).toBe('not_found');
});

test('the last owner beside a guest who was one does not leave, and the guest does', async () => {
  const ana = chat.person();
  const former = chat.person();
  const { id } = await chat.group(ana, [former]);
  await chat.call(ana, changeMemberRole, { conversationId: id, userId: former.userId, role: 'owner' });
  const guest = chat.becomes(former, 'guest');
  expect(await refusal(chat.call(ana, removeMember, { conversationId: id, userId: ana.userId }))).toBe('last_owner');
  expect(await refusal(chat.call(ana, changeMemberRole, { conversationId: id, userId: ana.userId, role: 'member' }))).toBe('last_owner');
  await chat.call(guest, removeMember, { conversationId: id, userId: guest.userId });
});
