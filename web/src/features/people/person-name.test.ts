import { loadCatalogue, translator } from '../../shared/i18n/translate.ts';
import type { User } from '../../shared/model.ts';
import { store } from '../../shared/state/store.ts';
import { titleOf } from '../conversations/conversation-title.ts';
import { nameOf, withFormer } from './person-name.ts';

beforeAll(() => loadCatalogue('ru'));

const ana = { id: 'ana', displayName: 'Ana' } as User;
const client = {
  people: store<ReadonlyMap<string, User>>(new Map([['ana', ana]])),
  unknownPeople: store<ReadonlySet<string>>(new Set(['gone'])),
};
const direct = (peer: string) => ({ kind: 'direct' as const, name: null, peerIds: ['me', peer] });

test.each([
  ['en', 'Former member'],
  ['ru', 'Бывший участник'],
] as const)('somebody whom the reader may not see any more has a name in %s', (locale, former) => {
  const naming = { client, t: translator(locale) };
  expect(nameOf('gone', naming)).toBe(former);
  expect(titleOf(direct('gone'), 'me', naming)).toBe(former);
  expect(nameOf('ana', naming)).toBe('Ana');
});

test('somebody who is being asked for has none yet', () => {
  const naming = { client, t: translator('en') };
  expect(nameOf('new', naming)).toBeUndefined();
  expect(titleOf(direct('new'), 'me', naming)).toBe('…');
});

test('a list of people has a stand-in for those who are not shown', () => {
  const all = withFormer(client.people.get(), client.unknownPeople.get(), 'Former member');
  expect(all.get('gone')).toMatchObject({ id: 'gone', displayName: 'Former member', active: false });
  expect(all.get('ana')).toBe(ana);
  expect(withFormer(client.people.get(), new Set(), '')).toBe(client.people.get());
});
