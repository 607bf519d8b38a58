import { addMembers, joinConversation, removeMember } from '../../../contracts/chat/members.ts';
import { deleteConversation } from '../../../contracts/chat/conversations.ts';
import { systemContext } from '../../../kernel/context.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

const add = (as: TestPerson, conversationId: string, ...people: TestPerson[]) =>
  chat.call(as, addMembers, { conversationId, userIds: people.map(({ userId }) => userId) });
const leave = (person: TestPerson, conversationId: string, declineReturn = true) =>
  chat.call(person, removeMember, { conversationId, userId: person.userId, declineReturn });

test('who left and declined is not added again by a member, an owner or together with others', async () => {
  const [ana, boris, clara] = [chat.person(), chat.person(), chat.person()];
  const { id } = await chat.group(ana, [boris, clara]);
  await leave(boris, id);
  const refused = await add(ana, id, boris).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'return_declined', status: 409, errors: [{ path: 'userIds', message: boris.userId }] });
  expect(await refusal(add(clara, id, boris))).toBe('return_declined');
  const dora = chat.person();
  expect(await refusal(add(ana, id, dora, boris))).toBe('return_declined');
  expect((await add(ana, id, dora)).memberCount).toBe(3);
});

test('who left without a word, or was taken out, is added again as before', async () => {
  const [ana, boris, clara] = [chat.person(), chat.person(), chat.person()];
  const { id } = await chat.group(ana, [boris, clara]);
  await leave(boris, id, false);
  await chat.call(ana, removeMember, { conversationId: id, userId: clara.userId });
  expect((await add(ana, id, boris, clara)).memberCount).toBe(3);
});

test('an admin of the team adds them, with a row in the audit log, and the refusal is spent', async () => {
  const [ana, boris] = [chat.person(undefined, 'admin'), chat.person()];
  const { id } = await chat.group(ana, [boris]);
  await leave(boris, id);
  await expect(add(ana, id, boris)).rejects.toThrow(/audit/i);
  const audited = { ...systemContext(), isAudited: true as const, actor: { ...ana, sessionId: newId() } };
  await chat.bus.call(addMembers, { conversationId: id, userIds: [boris.userId] }, audited);
  await leave(boris, id, false);
  expect((await add(ana, id, boris)).memberCount).toBe(2);
});

test('they come back to a public channel by themselves, and may be added from then on', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const { id } = await chat.channel(ana, { visibility: 'public', memberIds: [boris.userId] });
  await leave(boris, id);
  expect(await refusal(add(ana, id, boris))).toBe('return_declined');
  await chat.call(boris, joinConversation, { conversationId: id });
  await leave(boris, id, false);
  expect((await add(ana, id, boris)).memberCount).toBe(2);
});

test('a refused leave declines nothing, and no member declines for another', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const { id } = await chat.group(ana, [boris]);
  expect(await refusal(leave(ana, id))).toBe('last_owner');
  const decline = { conversationId: id, userId: boris.userId, declineReturn: true };
  expect(await refusal(chat.call(ana, removeMember, decline))).toBe('forbidden');
  const stranger = chat.person();
  expect(await refusal(leave(stranger, id))).toBe('not_found');
  await chat.call(ana, deleteConversation, { conversationId: id });
  expect(await refusal(add(ana, id, boris))).toBe('not_found');
});
