import { addReaction, reactionChanged, removeReaction } from '../../../contracts/chat/reactions.ts';
import { deleteMessage, getMessage } from '../../../contracts/chat/messages.ts';
import { ChatBench, refusal, type TestPerson } from '../chat.fixture.ts';

let chat: ChatBench;
beforeAll(async () => {
  chat = await ChatBench.open();
});
afterAll(() => chat.close());

test('a reaction takes a rev and is published; the same again is none', async () => {
  const ana = chat.person();
  const boris = chat.person();
  const { id } = await chat.group(ana, [boris]);
  const sent = await chat.say(ana, { id }, 'text');
  const first = await chat.call(boris, addReaction, { messageId: sent.id, emoji: '👍' });
  expect(first).toEqual({
    conversationId: id,
    messageId: sent.id,
    rev: sent.rev + 1,
    reactions: [{ emoji: '👍', userIds: [boris.userId] }],
  });
  expect(await chat.call(boris, addReaction, { messageId: sent.id, emoji: '👍' })).toEqual(first);
  expect(chat.receivedOf(reactionChanged)).toEqual([first]);
});

test('all of many who react at once are there', async () => {
  const people = Array.from({ length: 12 }, () => chat.person());
  const [ana = chat.person(), ...others] = people;
  const sent = await chat.say(ana, await chat.group(ana, others), 'text');
  await Promise.all(people.map((one) => chat.call(one, addReaction, { messageId: sent.id, emoji: '🎉' })));
  const { reactions } = await chat.call(ana, getMessage, { messageId: sent.id });
  expect([...(reactions[0]?.userIds ?? [])].sort()).toEqual(people.map(({ userId }) => userId).sort());
});

test.each([
  ['❤', '❤\ufe0f', '❤\ufe0f'],
  ['1\u20e3', '1\ufe0f\u20e3', '1\ufe0f\u20e3'],
  ['👩\u200d❤\u200d👨', '👩\u200d❤\ufe0f\u200d👨', '👩\u200d❤\ufe0f\u200d👨'],
])('one emoji of two keyboards is one reaction: %j', async (one, other, kept) => {
  const [ana, boris] = [chat.person(), chat.person()];
  const sent = await chat.say(ana, await chat.group(ana, [boris]), 'text');
  await chat.call(ana, addReaction, { messageId: sent.id, emoji: one });
  const { reactions } = await chat.call(boris, addReaction, { messageId: sent.id, emoji: other });
  expect(reactions).toEqual([{ emoji: kept, userIds: [ana.userId, boris.userId] }]);
  const after = await chat.call(ana, removeReaction, { messageId: sent.id, emoji: other });
  expect(after.reactions).toEqual([{ emoji: kept, userIds: [boris.userId] }]);
});

test('skin tones are reactions of their own', async () => {
  const ana = chat.person();
  const sent = await chat.say(ana, await chat.group(ana), 'text');
  await chat.call(ana, addReaction, { messageId: sent.id, emoji: '👍' });
  const { reactions } = await chat.call(ana, addReaction, { messageId: sent.id, emoji: '👍🏿' });
  expect(reactions.map(({ emoji }) => emoji)).toEqual(['👍', '👍🏿']);
});

test('a message takes fifty different reactions', async () => {
  const ana = chat.person();
  const sent = await chat.say(ana, await chat.group(ana), 'text');
  for (let index = 0; index < 50; index++) await chat.call(ana, addReaction, { messageId: sent.id, emoji: `:e${String(index)}:` });
  expect(await refusal(chat.call(ana, addReaction, { messageId: sent.id, emoji: ':more:' }))).toBe('conflict');
});

test('what is no emoji, too long, on a deleted message, or of strangers is refused', async () => {
  const ana = chat.person();
  const sent = await chat.say(ana, await chat.group(ana), 'text');
  const react = (as: TestPerson, emoji: string) => refusal(chat.call(as, addReaction, { messageId: sent.id, emoji }));
  expect(await react(ana, 'two words')).toBe('validation_failed');
  expect(await react(ana, '')).toBe('validation_failed');
  expect(await react(ana, '\ufe0f')).toBe('validation_failed');
  expect(await react(ana, 'x'.repeat(65))).toBe('validation_failed');
  expect(await react(chat.person(), '👍')).toBe('not_found');
  await chat.call(ana, deleteMessage, { messageId: sent.id });
  expect(await react(ana, '👍')).toBe('not_found');
});
