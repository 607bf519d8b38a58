import { nameOrder } from '../../shared/format/name-order.ts';
import type { Member, User } from '../../shared/model.ts';
import { sortMembers } from './sort-members.ts';

const member = (userId: string): Member => ({ userId, role: 'member', joinedAt: '2026-01-01T00:00:00.000Z', lastReadSeq: 0 });
const person = (id: string, displayName: string): User => ({
  id,
  username: id,
  displayName,
  avatarUrl: null,
  role: 'member',
  active: true,
  createdAt: '2026-01-01T00:00:00.000Z',
});
const members = [member('ana'), member('ben'), member('zoe'), member('unmet')];
const people = new Map([person('ana', 'Ana'), person('ben', 'Ben'), person('zoe', 'Zoe')].map((one) => [one.id, one]));
const names = (online: string[], words = '') =>
  sortMembers(members, { people, online: new Set(online), words, byName: nameOrder('en') }).map(({ member: { userId } }) => userId);

test('those online come first, then names in order', () => {
  expect(names(['zoe'])).toEqual(['zoe', 'ana', 'ben']);
});

test('a word narrows the list', () => {
  expect(names([], ' BE')).toEqual(['ben']);
});

test('accents and ё do not matter to the words, nor to the order', () => {
  const named = new Map([person('ana', 'Ярослава'), person('ben', 'Ёлкин Éric'), person('zoe', 'Ева')].map((one) => [one.id, one]));
  const shown = (words: string) =>
    sortMembers(members, { people: named, online: new Set(), words, byName: nameOrder('ru') }).map(
      ({ person: { displayName } }) => displayName,
    );
  expect(shown('')).toEqual(['Ева', 'Ёлкин Éric', 'Ярослава']);
  expect(shown('елкин eric')).toEqual(['Ёлкин Éric']);
});

test('numbers in names count by their value', () => {
  const named = new Map([person('ana', 'Room 10'), person('ben', 'Room 9'), person('zoe', 'room 1')].map((one) => [one.id, one]));
  const shown = sortMembers(members, { people: named, online: new Set(), words: '', byName: nameOrder('en') });
  expect(shown.map(({ person: { displayName } }) => displayName)).toEqual(['room 1', 'Room 9', 'Room 10']);
});
