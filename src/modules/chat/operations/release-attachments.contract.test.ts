import { checkAttachmentAccess, releaseAttachments } from '../../../contracts/chat/attachments.ts';
import { deleteConversation } from '../../../contracts/chat/conversations.ts';
import { deleteMessage } from '../../../contracts/chat/messages.ts';
import { days, hours } from '../../../kernel/clock.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeEach(async () => {
  chat = await ChatBench.open();
  // Files are given at the time of the database.
  chat.clock.ms = Date.now();
});
afterEach(() => chat.close());

async function sends(ana: TestPerson) {
  const file = await chat.uploads(ana);
  const { id: conversationId } = await chat.group(ana);
  const message = await chat.say(ana, { id: conversationId }, '', { attachmentIds: [file.id] });
  return { fileId: file.id, conversationId, messageId: message.id };
}
const released = async (...attachmentIds: string[]): Promise<string[]> =>
  (await chat.call(chat.person(), releaseAttachments, { attachmentIds })).releasedIds;

test('a file that was never sent, and one that nobody knows, are released; it cannot be sent then', async () => {
  const ana = chat.person();
  const [file, unknown] = [await chat.uploads(ana), newId()];
  expect((await released(file.id, unknown)).toSorted()).toEqual([file.id, unknown].toSorted());
  expect(await refusal(chat.say(ana, await chat.group(ana), 'late', { attachmentIds: [file.id] }))).toBe('not_found');
});

test('a file of a message is kept, whatever its age', async () => {
  const ana = chat.person();
  const { fileId } = await sends(ana);
  chat.clock.ms += days(400);
  expect(await released(fileId)).toEqual([]);
  expect(await chat.call(ana, checkAttachmentAccess, { attachmentId: fileId, userId: ana.userId })).toEqual({ isAllowed: true });
});

test('a file of a deleted message is kept for a day, and released then', async () => {
  const ana = chat.person();
  const { fileId, messageId } = await sends(ana);
  await chat.call(ana, deleteMessage, { messageId });
  chat.clock.ms += hours(23);
  expect(await released(fileId)).toEqual([]);
  chat.clock.ms += hours(2);
  expect(await released(fileId)).toEqual([fileId]);
});

test('with a conversation the files of its messages are released, once no send can be under way', async () => {
  const ana = chat.person();
  const { fileId, conversationId } = await sends(ana);
  await chat.call(ana, deleteConversation, { conversationId });
  expect(await released(fileId)).toEqual([]);
  chat.clock.ms += hours(2);
  expect(await released(fileId)).toEqual([fileId]);
});
