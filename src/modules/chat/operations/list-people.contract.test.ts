import { deleteConversation } from '../../../contracts/chat/conversations.ts';
import { listPeople, removeMember } from '../../../contracts/chat/members.ts';
import { ChatBench, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

const peopleOf = async (person: TestPerson, among?: readonly TestPerson[]): Promise<string[]> => {
  const named = among ? { among: among.map(({ userId }) => userId) } : {};
  const { people } = await chat.call(person, listPeople, { userIds: [person.userId], ...named });
  return [...(people[person.userId] ?? [])].sort();
};
const idsOf = (...people: readonly TestPerson[]): string[] => people.map(({ userId }) => userId).sort();

test('people are those one shares a conversation with, each once, and oneself', async () => {
  const [ana, boris, cleo, dan] = [chat.person(), chat.person(), chat.person(), chat.person()];
  await chat.group(ana, [boris]);
  await chat.group(boris, [ana, cleo]);
  expect(await peopleOf(ana)).toEqual(idsOf(ana, boris, cleo));
  expect(await peopleOf(dan)).toEqual(idsOf(dan));
  expect(await peopleOf(ana, [cleo, dan])).toEqual(idsOf(ana, cleo));
});

test('who left, or whose last shared conversation was removed, is none of them', async () => {
  const [ana, boris, cleo] = [chat.person(), chat.person(), chat.person()];
  const first = await chat.group(ana, [boris, cleo]);
  const second = await chat.group(ana, [boris]);
  await chat.call(ana, removeMember, { conversationId: first.id, userId: boris.userId });
  expect(await peopleOf(boris)).toEqual(idsOf(ana, boris));
  await chat.call(ana, deleteConversation, { conversationId: second.id });
  expect(await peopleOf(boris)).toEqual(idsOf(boris));
});
