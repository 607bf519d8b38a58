import { addReaction } from '../../../contracts/chat/reactions.ts';
import { deleteMessage, getMessage, messageUpdated } from '../../../contracts/chat/messages.ts';
import { maxPins, pinMessage, unpinMessage } from '../../../contracts/chat/pins.ts';
import { removeMember } from '../../../contracts/chat/members.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('a pin takes a rev and everybody gets the message; the same again is no change', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const { id } = await chat.group(ana, [boris]);
  const sent = await chat.say(ana, { id }, 'text');
  const pinned = await chat.call(boris, pinMessage, { messageId: sent.id });
  expect(pinned).toEqual({ ...sent, pinned: true, rev: sent.rev + 1 });
  expect(await chat.call(ana, pinMessage, { messageId: sent.id })).toEqual(pinned);
  expect(chat.receivedOf(messageUpdated)).toEqual([{ message: pinned }]);
});

test('a pin stays through other changes and goes with the message', async () => {
  const ana = chat.person();
  const sent = await chat.say(ana, await chat.group(ana), 'text');
  await chat.call(ana, pinMessage, { messageId: sent.id });
  await chat.call(ana, addReaction, { messageId: sent.id, emoji: '👍' });
  expect((await chat.call(ana, getMessage, { messageId: sent.id })).pinned).toBe(true);
  expect((await chat.call(ana, deleteMessage, { messageId: sent.id })).pinned).toBe(false);
  expect(await refusal(chat.call(ana, pinMessage, { messageId: sent.id }))).toBe('not_found');
});

test('strangers, those who left, and unknown messages get not_found', async () => {
  const [ana, boris] = [chat.person(), chat.person()];
  const { id } = await chat.group(ana, [boris]);
  const sent = await chat.say(ana, { id }, 'text');
  expect(await refusal(chat.call(chat.person(), pinMessage, { messageId: sent.id }))).toBe('not_found');
  expect(await refusal(chat.call(ana, pinMessage, { messageId: newId() }))).toBe('not_found');
  await chat.call(ana, removeMember, { conversationId: id, userId: boris.userId });
  expect(await refusal(chat.call(boris, pinMessage, { messageId: sent.id }))).toBe('not_found');
});

test('a conversation has a hundred pins at most, also when many pin at once', async () => {
  const ana = chat.person();
  const { id } = await chat.group(ana);
  const sent = await Promise.all(Array.from({ length: maxPins + 8 }, (_, index) => chat.say(ana, { id }, String(index))));
  const answers = await Promise.all(
    sent.map(({ id: messageId }) =>
      chat.call(ana, pinMessage, { messageId }).then(
        () => 'pinned',
        () => refusal(chat.call(ana, pinMessage, { messageId })),
      ),
    ),
  );
  expect(answers.filter((answer) => answer === 'pinned')).toHaveLength(maxPins);
  expect(answers.filter((answer) => answer === 'conflict')).toHaveLength(8);
  const [pinned, refused] = [answers.indexOf('pinned'), answers.indexOf('conflict')];
  await chat.call(ana, unpinMessage, { messageId: sent[pinned]!.id });
  expect((await chat.call(ana, pinMessage, { messageId: sent[refused]!.id })).pinned).toBe(true);
});
