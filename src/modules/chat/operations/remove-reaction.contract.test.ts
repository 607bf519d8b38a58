import { addReaction, removeReaction } from '../../../contracts/chat/reactions.ts';
import { newId } from '../../../kernel/ids.ts';
import { ChatBench, refusal } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('one takes back one’s own and leaves the others’', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  const sent = await chat.say(ana, { id }, 'text');
  for (const one of [ana, boris]) await chat.call(one, addReaction, { messageId: sent.id, emoji: '👍' });
  const left = await chat.call(ana, removeReaction, { messageId: sent.id, emoji: '👍' });
  expect(left.reactions).toEqual([{ emoji: '👍', userIds: [boris.userId] }]);
  expect((await chat.call(boris, removeReaction, { messageId: sent.id, emoji: '👍' })).reactions).toEqual([]);
});

test('taking back what one never gave changes nothing', async () => {
  const ana = chat.person();
  const sent = await chat.say(ana, await chat.group(ana), 'text');
  expect(await chat.call(ana, removeReaction, { messageId: sent.id, emoji: '👍' })).toMatchObject({ rev: sent.rev, reactions: [] });
});

test('strangers and unknown messages are answered alike', async () => {
  const ana = chat.person();
  const sent = await chat.say(ana, await chat.group(ana), 'text');
  expect(await refusal(chat.call(chat.person(), removeReaction, { messageId: sent.id, emoji: '👍' }))).toBe('not_found');
  expect(await refusal(chat.call(ana, removeReaction, { messageId: newId(), emoji: '👍' }))).toBe('not_found');
});
