import { findEntries, type PaletteEntry } from './palette-entries.ts';

const entry = (label: string, words = ''): PaletteEntry => ({
  id: label,
  label,
  words,
  hint: undefined,
  look: { icon: 'chat' },
  choose: () => undefined,
});
const entries = [entry('Invite people'), entry('general'), entry('Ana Silva', 'ana.s'), entry('Sign out'), entry('Engineering')];
const found = (typed: string) => findEntries(entries, typed, 3).map(({ label }) => label);

test('nothing typed shows the first ones in order', () => {
  expect(found('')).toEqual(['Invite people', 'general', 'Ana Silva']);
});

test('a start counts more than a middle', () => {
  expect(found('g')).toEqual(['general', 'Sign out', 'Engineering']);
  expect(found('eng')).toEqual(['Engineering']);
});

test('all words must be there, names of accounts too', () => {
  expect(found('silva ana')).toEqual(['Ana Silva']);
  expect(found('ana.s')).toEqual(['Ana Silva']);
  expect(found('ana nobody')).toEqual([]);
});

test('accents, ё, dashes and width do not matter', () => {
  const named = [entry('Ana López'), entry('Пётр Волков'), entry('Санкт‑Петербург')];
  const labels = (typed: string) => findEntries(named, typed, 3).map(({ label }) => label);
  expect([labels('lopez'), labels('петр'), labels('санкт-петер'), labels('ＡＮＡ')]).toEqual([
    ['Ana López'],
    ['Пётр Волков'],
    ['Санкт‑Петербург'],
    ['Ana López'],
  ]);
});

test('letters in their order are enough, from the first letter of a word', () => {
  expect(found('egnr')).toEqual(['Engineering']);
  expect(found('snout')).toEqual(['Sign out']);
  expect(found('ngnr')).toEqual([]);
});

test('keys pressed under the other layout are understood, after what is meant as typed', () => {
  expect(found('утпшт')).toEqual(['Engineering']);
  expect(found('ФТФ')).toEqual(['Ana Silva']);
  const named = [entry('Пётр Волков'), entry('gtnh')];
  expect(findEntries(named, 'gtnh', 3).map(({ label }) => label)).toEqual(['gtnh', 'Пётр Волков']);
});
