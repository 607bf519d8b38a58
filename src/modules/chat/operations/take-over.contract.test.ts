import { changeMemberRole, memberChanged, membersJoined } from '../../../contracts/chat/members.ts';
import { listOwnerless, takeOver } from '../../../contracts/chat/ownerless.ts';
import { ChatBench } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('a group whose only owner is closed is listed, and an admin who is not in it becomes its owner', async () => {
  const [admin, ana, boris] = [chat.person('admin', 'admin'), chat.person('ana'), chat.person('boris')];
  const { id } = await chat.group(ana, [boris]);
  const { id: governed } = await chat.group(boris, [ana]);
  await expect(chat.call(admin, takeOver, { conversationId: id })).rejects.toMatchObject({ code: 'conflict' });
  chat.closeAccount(ana);
  const listed = (await chat.call(admin, listOwnerless, {})).items;
  expect(listed).toEqual([expect.objectContaining({ id, kind: 'group', memberCount: 2 })]);
  expect(listed.map((one) => one.id)).not.toContain(governed);
  expect(await chat.call(admin, takeOver, { conversationId: id })).toMatchObject({ id, role: 'owner' });
  expect(chat.receivedOf(membersJoined).at(-1)).toMatchObject({ conversationId: id, members: [{ userId: admin.userId, role: 'owner' }] });
  expect((await chat.call(admin, listOwnerless, {})).items).toEqual([]);
  await expect(chat.call(admin, takeOver, { conversationId: id })).rejects.toMatchObject({ code: 'conflict' });
});

test('an admin who is a member already gets the role', async () => {
  const [admin, ana] = [chat.person(undefined, 'admin'), chat.person()];
  const { id } = await chat.channel(ana, { memberIds: [admin.userId], visibility: 'private' });
  chat.closeAccount(ana);
  await chat.call(admin, takeOver, { conversationId: id });
  expect(chat.receivedOf(memberChanged).at(-1)).toMatchObject({ conversationId: id, member: { userId: admin.userId, role: 'owner' } });
});

test('an owner who became a guest of the team governs nothing', async () => {
  const [admin, ana] = [chat.person(undefined, 'admin'), chat.person()];
  const { id } = await chat.group(ana);
  chat.openAccount({ ...chat.user(ana), role: 'guest' });
  expect((await chat.call(admin, listOwnerless, {})).items).toEqual([expect.objectContaining({ id })]);
  await chat.call(admin, takeOver, { conversationId: id });
});

test('of two admins at once one becomes owner, and a second owner keeps a group governed', async () => {
  const [one, other, ana, boris] = [chat.person(undefined, 'admin'), chat.person(undefined, 'admin'), chat.person(), chat.person()];
  const { id } = await chat.group(ana, [boris]);
  await chat.call(ana, changeMemberRole, { conversationId: id, userId: boris.userId, role: 'owner' });
  chat.closeAccount(ana);
  await expect(chat.call(one, takeOver, { conversationId: id })).rejects.toMatchObject({ code: 'conflict' });
  chat.closeAccount(boris);
  const taken = await Promise.allSettled([one, other].map((admin) => chat.call(admin, takeOver, { conversationId: id })));
  expect(taken.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('direct conversations and unknown ones are taken over by nobody', async () => {
  const [admin, ana, boris] = [chat.person(undefined, 'admin'), chat.person(), chat.person()];
  const { id } = await chat.direct(ana, boris);
  chat.closeAccount(ana);
  for (const conversationId of [id, admin.userId])
    await expect(chat.call(admin, takeOver, { conversationId })).rejects.toMatchObject({ code: 'not_found' });
});
