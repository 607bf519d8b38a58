import { emojiAtMost, requireEmoji, withoutReaction, withReaction } from './reactions.ts';

test('a reaction stands once per person', () => {
  const one = withReaction([], '👍', 'ana');
  expect(one).toEqual([{ emoji: '👍', userIds: ['ana'] }]);
  expect(withReaction([{ emoji: '👍', userIds: ['ana'] }], '👍', 'ana')).toBeNull();
  expect(withReaction([{ emoji: '👍', userIds: ['ana'] }], '👍', 'boris')).toEqual([{ emoji: '👍', userIds: ['ana', 'boris'] }]);
});

test('a message takes so many emoji, and more people for each of them', () => {
  const full = Array.from({ length: emojiAtMost }, (_, index) => ({ emoji: String(index), userIds: ['ana'] }));
  expect(withReaction(full, 'one more', 'ana')).toBe('full');
  expect(withReaction(full, '0', 'boris')).toHaveLength(emojiAtMost);
});

test('what nobody holds any more is gone', () => {
  const reactions = [
    { emoji: '👍', userIds: ['ana', 'boris'] },
    { emoji: '🎉', userIds: ['ana'] },
  ];
  expect(withoutReaction(reactions, '🎉', 'ana')).toEqual([{ emoji: '👍', userIds: ['ana', 'boris'] }]);
  expect(withoutReaction(reactions, '👍', 'ana')).toEqual([
    { emoji: '👍', userIds: ['boris'] },
    { emoji: '🎉', userIds: ['ana'] },
  ]);
  expect(withoutReaction(reactions, '🎉', 'boris')).toBeNull();
  expect(withoutReaction(reactions, '❤️', 'ana')).toBeNull();
});

test.each([
  ['👍', true],
  ['👩‍👩‍👧‍👦', true],
  [':party_parrot:', true],
  ['two words', false],
  ['line\nbreak', false],
  ['\u2028', false],
])('whether %j is an emoji or its name: %s', (emoji, isOne) => {
  const ask = expect(() => {
    requireEmoji(emoji);
  });
  if (isOne) ask.not.toThrow();
  else ask.toThrow(expect.objectContaining({ code: 'validation_failed' }) as Error);
});
