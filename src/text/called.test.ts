import { callsIn, isCalled } from './called.ts';
import { parseText } from './parse.ts';

const calls = (text: string, people: { id: string; username: string | undefined }[]) =>
  [...callsIn(parseText(text), people)].map(([{ text: typed }, { id, length }]) => `${typed.slice(0, length)} ${id}`);
const ana = { id: '1', username: 'ana' };
const boris = { id: '2', username: 'boris' };

test.each([
  ['@ana and @Boris.', [ana, boris], ['@ana 1', '@Boris 2']],
  ['@ana.so @stranger', [ana], ['@ana 1']],
  ['`@ana` @ana', [ana], ['@ana 1']],
  ['@anna, @boris', [{ ...ana, username: 'anja' }, boris], ['@boris 2', '@anna 1']],
  ['@anna @anna @boris', [{ ...ana, username: undefined }, boris], ['@boris 2', '@anna 1', '@anna 1']],
  ['@ghost @anna', [{ ...ana, username: 'anja' }], []],
  ['@all @anna', [ana, boris], ['@all everyone']],
])('%s', (text, people, expected) => {
  expect(calls(text, people)).toEqual(expected);
});

test.each([
  ['@ana', '1', [ana], true],
  ['@ana', '2', [ana, boris], false],
  ['@here', '1', [ana], true],
  ['@here', '2', [ana], false],
  ['@all', '2', [ana, boris], true],
])('whether %s calls the person %s', (text, id, people, expected) => {
  const [call] = callsIn(parseText(text), people).values();
  expect(isCalled(id, call!, people)).toBe(expected);
});
