import { checkAttachmentAccess, describeAttachment, registerAttachment, removeAttachments } from '../../../contracts/chat/attachments.ts';
import { deleteConversation } from '../../../contracts/chat/conversations.ts';
import { listFiles } from '../../../contracts/chat/files.ts';
import { deleteMessage, editMessage, getMessage, messageUpdated } from '../../../contracts/chat/messages.ts';
import { searchMessages } from '../../../contracts/chat/search.ts';
import { hours } from '../../../kernel/clock.ts';
import { systemContext } from '../../../kernel/context.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeEach(async () => {
  chat = await ChatBench.open();
  // Files are given at the time of the database.
  chat.clock.ms = Date.now();
});
afterEach(() => chat.close());

async function sends(person: TestPerson, ...names: string[]) {
  const files = await Promise.all(names.map((name) => chat.uploads(person, name, 'image/png')));
  const { id: conversationId } = await chat.group(person);
  return {
    files,
    conversationId,
    message: await chat.say(person, { id: conversationId }, '', { attachmentIds: files.map(({ id }) => id) }),
  };
}
const removes = (attachmentIds: string[], removed: 'expired' | 'erased' = 'erased') =>
  chat.call(chat.person(), removeAttachments, { attachmentIds, removed, ...(removed === 'expired' ? { keptDays: 30 } : {}) });
const updates = (messageId: string) => chat.receivedOf(messageUpdated).filter(({ message }) => message.id === messageId);

test('a message keeps its place and says which of its files are gone, in one change for all of them', async () => {
  const ana = chat.person();
  const { files, message, conversationId } = await sends(ana, 'trip.png', 'kept.png', 'party.png');
  const ids = [files[0]!.id, files[2]!.id];
  expect(await removes(ids, 'expired')).toEqual({ removedIds: ids, underWayIds: [] });
  const now = await chat.call(ana, getMessage, { messageId: message.id });
  const { id, url, name, size, mimeType } = files[0]!;
  expect(now).toMatchObject({ seq: message.seq, rev: message.rev + 1, editedAt: null });
  expect(now.attachments[0]).toEqual({ id, url, name, size, mimeType, sha256: '', removed: 'expired', keptDays: 30 });
  expect(now.attachments[1]).toEqual(files[1]);
  expect(updates(message.id)).toEqual([{ message: now }]);
  expect(await chat.call(ana, checkAttachmentAccess, { attachmentId: id, userId: ana.userId })).toEqual({ isAllowed: false });
  const { items } = await chat.call(ana, listFiles, { conversationId });
  expect(items.map(({ attachment }) => attachment.name)).toEqual(['kept.png']);
  const found = async (q: string) => (await chat.call(ana, searchMessages, { q, in: conversationId })).items.length;
  expect([await found('trip'), await found('kept')]).toEqual([0, 1]);
});

test('the same again, also after a crash in between, changes nothing', async () => {
  const ana = chat.person();
  const { files, message } = await sends(ana, 'a.png');
  const { id } = files[0]!;
  for (let round = 0; round < 3; round++) expect((await removes([id])).removedIds).toEqual([id]);
  // As where the process ended before the file was forgotten.
  await chat.bus.call(registerAttachment, { attachment: files[0]!, ownerId: ana.userId }, systemContext());
  expect((await removes([id], 'expired')).removedIds).toEqual([id]);
  expect(updates(message.id)).toHaveLength(1);
});

test('a file that was never sent is forgotten, and nobody can send it', async () => {
  const ana = chat.person();
  const [file, unknown] = [await chat.uploads(ana), newId()];
  expect(await removes([file.id, unknown])).toEqual({ removedIds: [file.id, unknown], underWayIds: [] });
  expect(await refusal(chat.say(ana, await chat.group(ana), 'late', { attachmentIds: [file.id] }))).toBe('not_found');
});

test('a file of a send whose message is not stored yet is under way, and gone an hour later', async () => {
  const ana = chat.person();
  const { files, message } = await sends(ana, 'a.png');
  await chat.query('DELETE FROM chat.messages WHERE id = $1', [message.id]);
  expect(await removes([files[0]!.id])).toEqual({ removedIds: [], underWayIds: [files[0]!.id] });
  chat.clock.ms += hours(2);
  expect(await removes([files[0]!.id])).toEqual({ removedIds: [files[0]!.id], underWayIds: [] });
});

test('deleted messages and conversations hold nothing that could be removed', async () => {
  const ana = chat.person();
  const [one, other] = [await sends(ana, 'a.png'), await sends(ana, 'b.png')];
  await chat.call(ana, deleteMessage, { messageId: one.message.id });
  await chat.call(ana, deleteConversation, { conversationId: other.conversationId });
  const ids = [one.files[0]!.id];
  expect((await removes(ids)).removedIds).toEqual(ids);
  expect(updates(one.message.id)).toEqual([]);
  chat.clock.ms += hours(2);
  expect((await removes([other.files[0]!.id])).removedIds).toEqual([other.files[0]!.id]);
});

test('what becomes known of its bytes later, and an edit, bring nothing back', async () => {
  const ana = chat.person();
  const { files, message } = await sends(ana, 'a.png');
  await removes([files[0]!.id]);
  await chat.call(ana, describeAttachment, { attachment: { ...files[0]!, width: 4, height: 4 } });
  const edited = await chat.call(ana, editMessage, { messageId: message.id, text: 'a caption' });
  expect(edited.attachments).toMatchObject([{ id: files[0]!.id, name: '', removed: 'erased' }]);
});
