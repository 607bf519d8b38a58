import { deleteMessage, getMessage, listMessages, messageDeleted } from '../../../contracts/chat/messages.ts';

import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('a deleted message keeps its place, empty, for everybody; twice is once', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  const sent = await chat.say(ana, { id }, 'text');
  const deleted = await chat.call(ana, deleteMessage, { messageId: sent.id });
  expect(deleted).toMatchObject({ id: sent.id, seq: 1, rev: sent.rev + 1, text: '' });
  expect(deleted.deletedAt).not.toBeNull();
  expect(await chat.call(ana, deleteMessage, { messageId: sent.id })).toEqual(deleted);
  expect(chat.receivedOf(messageDeleted)).toEqual([{ message: deleted }]);
  expect((await chat.call(ana, listMessages, { conversationId: id })).items).toEqual([deleted]);
});

test('moderators delete what others sent, members do not', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  const [anas, boriss] = [await chat.say(ana, { id }, 'ana’s'), await chat.say(boris, { id }, 'boris’s')];
  expect(await refusal(chat.call(boris, deleteMessage, { messageId: anas.id }))).toBe('forbidden');
  expect((await chat.call(ana, deleteMessage, { messageId: boriss.id })).text).toBe('');
});

test('in a direct conversation each deletes their own only, also an admin of the team', async () => {
  const admin = chat.person(undefined, 'admin');
  const boris = chat.person();
  const sent = await chat.say(boris, await chat.direct(admin, boris), 'between us');
  expect(await refusal(chat.call(admin, deleteMessage, { messageId: sent.id }))).toBe('forbidden');
});

test('a deleted reply is counted no more', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  const root = await chat.say(ana, { id }, 'root');
  const reply = await chat.say(ana, { id }, 'reply', { threadRootId: root.id });
  await chat.call(ana, deleteMessage, { messageId: reply.id });
  expect((await chat.call(ana, getMessage, { messageId: root.id })).threadCount).toBe(0);
});

test('unknown messages and those of others’ conversations are not found', async () => {
  const ana = chat.person();
  const sent = await chat.say(ana, await chat.group(ana), 'mine');
  expect(await refusal(chat.call(chat.person(), deleteMessage, { messageId: sent.id }))).toBe('not_found');
  expect(await refusal(chat.call(ana, deleteMessage, { messageId: newId() }))).toBe('not_found');
});
