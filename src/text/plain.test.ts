import { isEmojiOnly } from './emoji-only.ts';
import { plainText, previewOf } from './plain.ts';

test('a preview is one line without marks, and keeps spoilers to itself', () => {
  expect(previewOf('**Hello**\n`world`  and ```more``` ||secret|| [here](https://a.org)', 80)).toBe('Hello world and more ░░░ here');
  expect(previewOf('- one\n- two\n\n3. three', 80)).toBe('• one • two 3. three');
  expect(previewOf('a'.repeat(50), 10)).toBe(`${'a'.repeat(9)}…`);
});

test('a spoiler stays hidden where its end was cut off', () => {
  const long = `it is ||${'the butler '.repeat(40)}||`;
  expect(previewOf(long, 40)).toBe('it is ░░░');
  expect(previewOf(long.slice(0, 100), 80, true)).toBe('it is ░░░');
});

test('a preview never ends within a sign', () => {
  const family = '👨‍👩‍👧';
  for (let max = 3; max < 30; max++) {
    const preview = previewOf(`ab ${family}${family}${family} é e\u0301`, max);
    expect(preview.isWellFormed()).toBe(true);
    expect(preview.replaceAll(family, '').replace('…', '')).toMatch(/^ab *(?: é)?(?: e\u0301)?$|^a?b? *$/);
  }
});

test('plain text has what is read, spoilers too', () => {
  expect(plainText('# Plan\n> said **so**\n\n|a|b|\n|-|-|\n|1|2|\n\n||hidden|| `x` <https://a.org>')).toBe(
    'Plan\nsaid so\na b\n1 2\nhidden x https://a.org',
  );
});

test('up to three emoji alone are shown large', () => {
  expect(isEmojiOnly('👍')).toBe(true);
  expect(isEmojiOnly('👩‍👩‍👧 🇫🇮 ❤️')).toBe(true);
  expect(isEmojiOnly('1')).toBe(false);
  expect(isEmojiOnly('👍 ok')).toBe(false);
  expect(isEmojiOnly('👍👍👍👍')).toBe(false);
});
