import { deleteMessage, editMessage, listEdits, messageUpdated } from '../../../contracts/chat/messages.ts';
import { removeMember } from '../../../contracts/chat/members.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('the sender’s new text is published with its mentions, and the former text is kept', async () => {
  const ana = chat.person();
  const boris = chat.person('boris');
  const { id } = await chat.group(ana, [boris]);
  const sent = await chat.say(ana, { id }, 'first');
  chat.clock.ms += 1_000;
  const edited = await chat.call(ana, editMessage, { messageId: sent.id, text: 'second, @boris' });
  expect(edited).toMatchObject({ text: 'second, @boris', mentions: [boris.userId], seq: sent.seq, rev: sent.rev + 1 });
  expect(edited.editedAt).toBe(new Date(chat.clock.ms).toISOString());
  expect(chat.receivedOf(messageUpdated)).toEqual([{ message: edited }]);
  expect((await chat.call(ana, listEdits, { messageId: sent.id })).items).toEqual([{ text: 'first', endedAt: edited.editedAt }]);
});

test('the same text again changes nothing', async () => {
  const ana = chat.person();
  const sent = await chat.say(ana, await chat.group(ana), 'same');
  expect(await chat.call(ana, editMessage, { messageId: sent.id, text: 'same' })).toEqual(sent);
});

test('nobody else edits it, not even an owner', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const sent = await chat.say(boris, await chat.group(ana, [boris]), 'mine');
  expect(await refusal(chat.call(ana, editMessage, { messageId: sent.id, text: 'yours' }))).toBe('forbidden');
});

test('the time to edit ends when the setting says so', async () => {
  const ana = chat.person();
  const sent = await chat.say(ana, await chat.group(ana), 'text');
  chat.settings = { ...chat.settings, editWindow: 60 };
  chat.clock.ms += 60_000;
  expect((await chat.call(ana, editMessage, { messageId: sent.id, text: 'in time' })).text).toBe('in time');
  chat.clock.ms += 1;
  expect(await refusal(chat.call(ana, editMessage, { messageId: sent.id, text: 'too late' }))).toBe('forbidden');
  chat.settings = { ...chat.settings, editWindow: null };
});

test('what is deleted, unknown, or of a conversation one left is not found', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  const deleted = await chat.say(ana, { id }, 'text');
  await chat.call(ana, deleteMessage, { messageId: deleted.id });
  expect(await refusal(chat.call(ana, editMessage, { messageId: deleted.id, text: 'back' }))).toBe('not_found');
  expect(await refusal(chat.call(ana, editMessage, { messageId: newId(), text: 'text' }))).toBe('not_found');
  const left = await chat.say(boris, { id }, 'bye');
  await chat.call(boris, removeMember, { conversationId: id, userId: boris.userId });
  expect(await refusal(chat.call(boris, editMessage, { messageId: left.id, text: 'still here' }))).toBe('not_found');
});
