import { checkAttachmentAccess } from '../../../contracts/chat/attachments.ts';
import { deleteConversation } from '../../../contracts/chat/conversations.ts';
import { addMembers, removeMember } from '../../../contracts/chat/members.ts';
import { deleteMessage, editMessage, sendMessage } from '../../../contracts/chat/messages.ts';
import { newId } from '../../../kernel/ids.ts';
import { anAttachment, ChatBench, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

const reads = async ({ userId }: TestPerson, attachmentId: string): Promise<boolean> =>
  (await chat.call({ userId, role: 'member' }, checkAttachmentAccess, { attachmentId, userId })).isAllowed;

async function sent() {
  const [ana, boris, carol] = [chat.person(), chat.person(), chat.person()];
  const { id: conversationId } = await chat.group(ana, [boris]);
  const file = await chat.uploads(ana);
  const before = [await reads(ana, file.id), await reads(boris, file.id)];
  expect(before).toEqual([true, false]);
  const message = await chat.call(ana, sendMessage, { conversationId, clientMessageId: newId(), text: '', attachmentIds: [file.id] });
  return { ana, boris, carol, conversationId, file, message };
}

test('who is in the conversation reads a file of its messages, nobody else does', async () => {
  const { ana, boris, carol, file } = await sent();
  expect([await reads(ana, file.id), await reads(boris, file.id), await reads(carol, file.id)]).toEqual([true, true, false]);
  expect(await reads(ana, anAttachment().id)).toBe(false);
});

test('a removed member, the sender too, loses it at once, and has it again when added', async () => {
  const { ana, boris, carol, conversationId, file } = await sent();
  await chat.call(ana, addMembers, { conversationId, userIds: [carol.userId] });
  expect(await reads(carol, file.id)).toBe(true);
  await chat.call(ana, removeMember, { conversationId, userId: boris.userId });
  expect([await reads(boris, file.id), await reads(carol, file.id)]).toEqual([false, true]);
  await chat.call(ana, addMembers, { conversationId, userIds: [boris.userId] });
  expect(await reads(boris, file.id)).toBe(true);
});

test('an edit keeps the files of a message, its deletion ends access for all', async () => {
  const { ana, boris, file, message } = await sent();
  const edited = await chat.call(ana, editMessage, { messageId: message.id, text: 'a caption' });
  expect(edited.attachments).toEqual([file]);
  expect(await reads(boris, file.id)).toBe(true);
  expect((await chat.call(ana, deleteMessage, { messageId: message.id })).attachments).toEqual([]);
  expect([await reads(ana, file.id), await reads(boris, file.id)]).toEqual([false, false]);
});

test('with the conversation its files are gone', async () => {
  const { ana, boris, conversationId, file } = await sent();
  await chat.call(ana, deleteConversation, { conversationId });
  expect([await reads(ana, file.id), await reads(boris, file.id)]).toEqual([false, false]);
});
