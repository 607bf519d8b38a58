import type { User } from '../../../contracts/auth/accounts.ts';
import { teamCreated } from '../../../contracts/auth/team.ts';
import { userCreated } from '../../../contracts/auth/accounts.ts';
import { membersJoined, removeMember } from '../../../contracts/chat/members.ts';
import { getConversation, listConversations } from '../../../contracts/chat/conversations.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
let olga: TestPerson;
let general: string;
beforeAll(async () => {
  chat = await ChatBench.open();
  olga = chat.person('olga', 'owner');
  await chat.deliver(teamCreated, { ownerId: olga.userId, teamName: 'Team' });
  general = (await chat.call(olga, listConversations, {})).items[0]?.id ?? '';
});
afterAll(() => chat.close());

const arrives = async (role: User['role'], conversationIds: string[] = [], invitedBy: string | null = null): Promise<TestPerson> => {
  const person = chat.person(undefined, role);
  await chat.deliver(userCreated, { user: chat.user(person), conversationIds, invitedBy });
  return person;
};
const isIn = async (person: TestPerson): Promise<string[]> =>
  (await chat.call(person, listConversations, {})).items.map(({ id }) => id).sort();

test('a newcomer comes into the channel for all, a guest does not', async () => {
  expect(await isIn(await arrives('member'))).toEqual([general]);
  expect(await isIn(await arrives('guest'))).toEqual([]);
});

test('twice is once', async () => {
  const person = chat.person();
  const before = chat.receivedOf(membersJoined).length;
  for (let count = 0; count < 2; count++)
    await chat.deliver(userCreated, { user: chat.user(person), conversationIds: [], invitedBy: null });
  expect(chat.receivedOf(membersJoined)).toHaveLength(before + 1);
});

test('an invite brings into what its inviter could bring people into, and nothing else', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const anas = await chat.group(ana, [boris]);
  const others = await chat.group(olga);
  const direct = await chat.direct(ana, boris);
  const left = await chat.group(olga, [ana]);
  await chat.call(olga, removeMember, { conversationId: left.id, userId: ana.userId });
  const named = [anas.id, others.id, direct.id, left.id, newId(), general];
  expect(await isIn(await arrives('member', named, ana.userId))).toEqual([anas.id, general].sort());
});

test('a guest comes in as a guest', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  const guest = await arrives('guest', [id], ana.userId);
  expect((await chat.call(guest, getConversation, { conversationId: id })).role).toBe('guest');
});

test('a guest’s invite and one without an inviter bring nobody in', async () => {
  const ana = chat.person();
  const guest = chat.person(undefined, 'guest');
  const { id } = await chat.group(ana, [guest]);
  expect(await isIn(await arrives('member', [id], guest.userId))).toEqual([general]);
  expect(await isIn(await arrives('member', [id]))).toEqual([general]);
});
