import { nameKeyOf } from './name-key.ts';

test('a name is found by its folded form, without white space around it', () => {
  expect(nameKeyOf(' Общий\u00a0 ЧАТ ')).toBe('общий чат');
});

test('a name of signs that become many is cut between letters', () => {
  expect(nameKeyOf('\ufdfa'.repeat(100)).length).toBe(250);
  expect(nameKeyOf(`a${'\u{10428}'.repeat(200)}`).isWellFormed()).toBe(true);
});
