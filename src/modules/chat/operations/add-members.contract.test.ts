import { addMembers, membersJoined } from '../../../contracts/chat/members.ts';
import { getConversation } from '../../../contracts/chat/conversations.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('newcomers and members receive the event, and what was written before counts as read', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const guest = chat.person(undefined, 'guest');
  const { id } = await chat.group(ana);
  await chat.say(ana, { id }, 'before');
  const after = await chat.call(ana, addMembers, { conversationId: id, userIds: [boris.userId, guest.userId, boris.userId] });
  expect(after.memberCount).toBe(3);
  const [joined] = chat.receivedOf(membersJoined);
  expect(joined).toMatchObject({ conversationId: id, rev: after.rev });
  expect(new Map(joined?.members.map(({ userId, role }) => [userId, role]))).toEqual(
    new Map([
      [boris.userId, 'member'],
      [guest.userId, 'guest'],
    ]),
  );
  expect((await chat.call(boris, getConversation, { conversationId: id })).unread).toBe(0);
});

test('those who are in stay as they are, and then nothing happens', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id, rev } = await chat.group(ana, [boris]);
  expect(await chat.call(boris, addMembers, { conversationId: id, userIds: [ana.userId] })).toMatchObject({ rev, memberCount: 2 });
});

test('a newcomer may write at once', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana);
  expect(await refusal(chat.say(boris, { id }, 'too soon'))).toBe('not_found');
  await chat.call(ana, addMembers, { conversationId: id, userIds: [boris.userId] });
  expect((await chat.say(boris, { id }, 'hello')).seq).toBe(1);
});

test('guests bring nobody in, a direct conversation takes nobody, nobody is added who does not exist', async () => {
  const ana = chat.person();
  const guest = chat.person(undefined, 'guest');
  const boris = chat.person();
  const { id } = await chat.group(ana, [guest]);
  const both = await chat.direct(ana, guest);
  const add = (as: TestPerson, conversationId: string, userId = boris.userId) =>
    refusal(chat.call(as, addMembers, { conversationId, userIds: [userId] }));
  expect(await add(guest, id)).toBe('forbidden');
  expect(await add(ana, both.id)).toBe('forbidden');
  expect(await add(ana, id, newId())).toBe('not_found');
  expect(await add(boris, id)).toBe('not_found');
  expect(await add(ana, newId())).toBe('not_found');
});

test('the refusal of a guest does not say whether somebody exists', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const guest = chat.person(undefined, 'guest');
  const { id } = await chat.group(ana, [guest]);
  const answer = (userId: string) =>
    chat.call(guest, addMembers, { conversationId: id, userIds: [userId] }).catch((error: unknown) => ({ ...(error as object) }));
  expect(await answer(newId())).toEqual(await answer(boris.userId));
  expect(await answer(newId())).toMatchObject({ code: 'forbidden' });
});
