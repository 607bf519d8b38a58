import { callsIn } from './called.ts';
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
