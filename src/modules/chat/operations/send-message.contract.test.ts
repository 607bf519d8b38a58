import { userUpdated } from '../../../contracts/auth/accounts.ts';
import { listMessages, messageCreated, messageUpdated, sendMessage } from '../../../contracts/chat/messages.ts';
import { createConversation } from '../../../contracts/chat/conversations.ts';
import { removeMember } from '../../../contracts/chat/members.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('a message gets the next seq and rev, is published, and counts as read by its sender', async () => {
  const ana = chat.person('ana');
  const boris = chat.person('boris');
  const { id } = await chat.group(ana, [boris]);
  const first = await chat.say(ana, { id }, 'hello');
  const second = await chat.say(boris, { id }, 'hi');
  expect([first.seq, second.seq]).toEqual([1, 2]);
  expect(second.rev).toBe(first.rev + 1);
  expect(chat.receivedOf(messageCreated).map(({ message }) => message)).toEqual(expect.arrayContaining([first, second]));
});

test('sending the same clientMessageId again answers the first message, in parallel too', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  const input = { conversationId: id, clientMessageId: newId(), text: 'once' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => chat.call(ana, sendMessage, input)));
  expect(new Set(answers.map((message) => `${message.id} ${String(message.seq)}`)).size).toBe(1);
  expect((await chat.call(ana, sendMessage, { ...input, text: 'other' })).text).toBe('once');
});

test('a stranger, somebody taken out and an unknown conversation are answered alike', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  await chat.say(boris, { id }, 'in');
  await chat.call(ana, removeMember, { conversationId: id, userId: boris.userId });
  expect(await refusal(chat.say(boris, { id }, 'out'))).toBe('not_found');
  expect(await refusal(chat.say(chat.person(), { id }, 'never in'))).toBe('not_found');
  expect(await refusal(chat.say(ana, { id: newId() }, 'nowhere'))).toBe('not_found');
});

test('nothing is sent to a closed account, and sending goes on when it is opened again', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const { id } = await chat.direct(ana, boris);
  await chat.say(ana, { id }, 'before');
  const user = chat.user(boris);
  chat.closeAccount(boris);
  await chat.deliver(userUpdated, { user: { ...user, active: false } });
  await expect(chat.say(ana, { id }, 'too late')).rejects.toMatchObject({ code: 'forbidden', detail: expect.stringContaining('closed') });
  expect((await chat.call(ana, createConversation, { kind: 'direct', memberIds: [boris.userId] })).id).toBe(id);
  chat.openAccount(user);
  await chat.deliver(userUpdated, { user });
  await chat.say(ana, { id }, 'welcome back');
});

test('one’s own notes, and a group with somebody whose account is closed, take messages', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const notes = await chat.direct(ana, ana);
  const group = await chat.group(ana, [boris]);
  chat.closeAccount(boris);
  await chat.deliver(userUpdated, { user: { ...chat.user(ana), id: boris.userId, active: false } });
  for (const place of [notes, group]) await chat.say(ana, place, 'still here');
});

test('mentions are what readers see as mentions, in the order of the text', async () => {
  const [cleo, dan, eva] = [chat.person('cleo.m'), chat.person('dan'), chat.person('eva')];
  const { id } = await chat.group(cleo, [dan, eva]);
  for (const text of [
    '`@all`',
    '```\n@channel @dan\n```',
    'https://social.example/@dan/1',
    '[@dan](https://social.example)',
    'a@dan',
    '\\@dan',
  ])
    expect((await chat.say(cleo, { id }, text)).mentions).toEqual([]);
  expect((await chat.say(dan, { id }, '@eva.@cleo.m.')).mentions).toEqual([eva.userId, cleo.userId]);
  expect((await chat.say(cleo, { id }, '@dan.look **@eva**')).mentions).toEqual([dan.userId, eva.userId]);
  const many = Array.from({ length: 60 }, (_, index) => `@n${String(index)}.a.b.c`).join(' ');
  expect((await chat.say(cleo, { id }, `@dan ${many}`)).mentions).toEqual([dan.userId]);
});

test('mentions are members named in the text, never the sender or strangers', async () => {
  const cleo = chat.person('cleo');
  const dan = chat.person('dan');
  chat.person('stranger');
  const { id } = await chat.group(cleo, [dan]);
  expect((await chat.say(cleo, { id }, '@dan @cleo @stranger @nobody')).mentions).toEqual([dan.userId]);
  expect((await chat.say(dan, { id }, '@all look')).mentions).toEqual([cleo.userId]);
});

test('nobody calls everyone where there are too many', async () => {
  const ana = chat.person();
  const dora = chat.person('dora');
  const { id } = await chat.group(ana, [dora, ...Array.from({ length: 199 }, () => chat.person())]);
  expect((await chat.say(ana, { id }, '@all and @dora')).mentions).toEqual([dora.userId]);
});

test('a reply and a thread stay in their conversation', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  const other = await chat.group(ana);
  const root = await chat.say(ana, { id }, 'root');
  const elsewhere = await chat.say(ana, other, 'elsewhere');
  expect((await chat.say(ana, { id }, 'reply', { replyTo: root.id })).replyTo).toBe(root.id);
  expect(await refusal(chat.say(ana, { id }, 'reply', { replyTo: elsewhere.id }))).toBe('not_found');
  expect(await refusal(chat.say(ana, { id }, 'reply', { threadRootId: elsewhere.id }))).toBe('not_found');
  const inThread = await chat.say(ana, { id }, 'in thread', { threadRootId: root.id });
  expect(await refusal(chat.say(ana, { id }, 'deeper', { threadRootId: inThread.id }))).toBe('not_found');
});

test('a thread counts its replies, a repeated send no twice', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  const root = await chat.say(ana, { id }, 'root');
  const clientMessageId = newId();
  await chat.say(ana, { id }, 'one', { threadRootId: root.id, clientMessageId });
  await chat.say(ana, { id }, 'one', { threadRootId: root.id, clientMessageId });
  await chat.say(ana, { id }, 'two', { threadRootId: root.id });
  const { items } = await chat.call(ana, listMessages, { conversationId: id });
  expect(items.find((message) => message.id === root.id)?.threadCount).toBe(2);
  expect(
    chat
      .receivedOf(messageUpdated)
      .filter(({ message }) => message.id === root.id)
      .map(({ message }) => message.threadCount),
  ).toEqual([1, 2]);
});

test('blank and over-long texts are refused', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  expect(await refusal(chat.say(ana, { id }, ' \n '))).toBe('validation_failed');
  expect(await refusal(chat.say(ana, { id }, 'x'.repeat(16_001)))).toBe('validation_failed');
});

test('files go with a message, which needs no text then, and a repeat answers the same', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const { id: conversationId } = await chat.group(ana, [boris]);
  const files = [await chat.uploads(ana), await chat.uploads(ana)];
  const input = { conversationId, clientMessageId: newId(), text: '', attachmentIds: files.map(({ id }) => id) };
  const sent = await chat.call(ana, sendMessage, input);
  expect(sent).toMatchObject({ text: '', attachments: files });
  expect(await chat.call(ana, sendMessage, input)).toEqual(sent);
  expect(await chat.call(ana, sendMessage, { ...input, attachmentIds: [newId()] })).toEqual(sent);
  expect((await chat.call(boris, listMessages, { conversationId })).items).toEqual([sent]);
});

test('a file of another person, one that was sent already and an unknown one are refused, and nothing is sent', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const { id: conversationId } = await chat.group(ana, [boris]);
  const [theirs, used] = [await chat.uploads(boris), await chat.uploads(ana)];
  await chat.say(ana, { id: conversationId }, 'with a file', { attachmentIds: [used.id] });
  for (const attachmentId of [theirs.id, used.id, newId()])
    expect(await refusal(chat.say(ana, { id: conversationId }, 'again', { attachmentIds: [attachmentId] }))).toBe('not_found');
  expect((await chat.call(ana, listMessages, { conversationId })).items).toHaveLength(1);
});

test('twenty files are the most, and without any a text is needed', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  const many = Array.from({ length: 21 }, () => newId());
  expect(await refusal(chat.say(ana, { id }, 'many', { attachmentIds: many }))).toBe('validation_failed');
  for (const text of ['', ' \n']) expect(await refusal(chat.say(ana, { id }, text, { attachmentIds: [] }))).toBe('validation_failed');
});
