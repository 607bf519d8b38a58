import { conversationCreated, createConversation } from '../../../contracts/chat/conversations.ts';
import { removeMember } from '../../../contracts/chat/members.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('who opens a group owns it, the others are its members, and all receive the event', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const made = await chat.call(ana, createConversation, {
    kind: 'group',
    name: 'Lunch',
    topic: 'where?',
    memberIds: [boris.userId, boris.userId],
  });
  expect(made).toMatchObject({
    kind: 'group',
    name: 'Lunch',
    topic: 'where?',
    visibility: 'private',
    memberCount: 2,
    role: 'owner',
    rev: 1,
    lastSeq: 0,
  });
  expect(new Map(made.members?.map(({ userId, role }) => [userId, role]))).toEqual(
    new Map([
      [ana.userId, 'owner'],
      [boris.userId, 'member'],
    ]),
  );
  const [{ memberIds } = { memberIds: [] }] = chat.receivedOf(conversationCreated);
  expect([...memberIds].sort()).toEqual([ana.userId, boris.userId].sort());
});

test('two people have one direct conversation, whoever opens it and however many times at once', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const opened = await Promise.all(
    Array.from({ length: 10 }, (_, index) => (index % 2 ? chat.direct(ana, boris) : chat.direct(boris, ana))),
  );
  expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
  expect(opened[0]).toMatchObject({ name: null, role: 'member', visibility: 'private' });
  expect([...(opened[0]?.peerIds ?? [])].sort()).toEqual([ana.userId, boris.userId].sort());
});

test('one’s own notes are a direct conversation with oneself', async () => {
  const ana = chat.person();
  const notes = await chat.direct(ana, ana);
  expect(notes).toMatchObject({ peerIds: [ana.userId], memberCount: 1 });
  expect((await chat.call(ana, createConversation, { kind: 'direct', memberIds: [] })).id).toBe(notes.id);
});

test('channels are public by default', async () => {
  const ana = chat.person();
  expect((await chat.channel(ana)).visibility).toBe('public');
  expect((await chat.channel(ana, { visibility: 'private' })).visibility).toBe('private');
});

test('guests of the team are guests in it, and open neither channels nor groups', async () => {
  const ana = chat.person();
  const guest = chat.person(undefined, 'guest');
  const { members } = await chat.group(ana, [guest]);
  expect(members?.find(({ userId }) => userId === guest.userId)?.role).toBe('guest');
  expect(await refusal(chat.channel(guest))).toBe('forbidden');
  expect(await refusal(chat.group(guest))).toBe('forbidden');
  expect((await chat.direct(guest, ana)).kind).toBe('direct');
});

test('what has no sensible shape is refused', async () => {
  const [ana, boris, cleo] = [chat.person(), chat.person(), chat.person()];
  const open = (input: Parameters<typeof chat.channel>[1]) => refusal(chat.channel(ana, input));
  expect(await open({ kind: 'direct', memberIds: [boris.userId, cleo.userId] })).toBe('conflict');
  expect(await open({ kind: 'direct', memberIds: [boris.userId], visibility: 'public' })).toBe('conflict');
  expect(await refusal(chat.call(ana, createConversation, { kind: 'channel' }))).toBe('conflict');
  expect(await open({ kind: 'group', memberIds: [newId()] })).toBe('not_found');
  chat.closeAccount(cleo);
  expect(await open({ kind: 'group', memberIds: [cleo.userId] })).toBe('not_found');
});

test('a guest opens a direct conversation with those they share one with, and an unknown person answers like a hidden one', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const guest = chat.person(undefined, 'guest');
  const { id } = await chat.group(ana, [guest]);
  const answer = async (userId: string) =>
    chat.call(guest, createConversation, { kind: 'direct', memberIds: [userId] }).catch((error: unknown) => ({ ...(error as object) }));
  expect(await answer(boris.userId)).toEqual(await answer(newId()));
  expect(await refusal(chat.direct(guest, boris))).toBe('not_found');
  const direct = await chat.direct(guest, ana);
  expect((await chat.direct(guest, guest)).memberCount).toBe(1);
  await chat.call(ana, removeMember, { conversationId: id, userId: guest.userId });
  expect((await chat.direct(guest, ana)).id).toBe(direct.id);
});

test('a member opens a direct conversation with a guest, and from then on the guest knows the member', async () => {
  const ana = chat.person();
  const guest = chat.person(undefined, 'guest');
  expect(await refusal(chat.direct(guest, ana))).toBe('not_found');
  const opened = await chat.direct(ana, guest);
  expect((await chat.direct(guest, ana)).id).toBe(opened.id);
});
