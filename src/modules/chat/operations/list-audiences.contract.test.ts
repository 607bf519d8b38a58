import { listAudiences, removeMember } from '../../../contracts/chat/members.ts';
import { ChatBench } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('a user’s sockets listen to the conversations the user is in', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const first = await chat.group(ana, [boris]);
  const second = await chat.channel(ana);
  const of = async (userId: string) => (await chat.call(ana, listAudiences, { userIds: [userId] })).audiences[userId]?.sort();
  expect(await of(ana.userId)).toEqual([first.id, second.id].sort());
  await chat.call(ana, removeMember, { conversationId: first.id, userId: boris.userId });
  expect(await of(boris.userId)).toEqual([]);
  const { audiences } = await chat.call(ana, listAudiences, { userIds: [ana.userId, boris.userId] });
  expect(Object.entries(audiences).map(([userId, ids]) => [userId, ids.length])).toEqual([
    [ana.userId, 2],
    [boris.userId, 0],
  ]);
});
