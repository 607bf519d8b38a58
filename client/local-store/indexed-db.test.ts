import { beforeEach, describe, expect, it } from '@jest/globals';
import { IDBFactory } from 'fake-indexeddb';
import type { User } from '../../src/contracts/auth/accounts.ts';
import type { KeptChanges } from '../options.ts';
import { aConversation, aMessage } from '../test-log.ts';
import { IndexedDbLocalStore } from './indexed-db.ts';
import { requested } from './requests.ts';

const person = (id: string): User => ({ id, displayName: id, username: id }) as User;
const [ana, ben] = [person('ana'), person('ben')];
const conversation = (id: string, rev = 1) => aConversation({ id, rev });
const page = (text: string) => ({ messages: [aMessage(1, { text })], hasOlder: false });
const changes = (over: Partial<KeptChanges> = {}): KeptChanges => ({ conversations: [], removed: [], people: null, only: null, ...over });
const of = (id: string, text: string | null = id, rev = 1) => ({
  conversation: conversation(id, rev),
  page: text === null ? null : page(text),
});

let factory: IDBFactory;
let store: IndexedDbLocalStore;
const openTab = (now?: () => number) => new IndexedDbLocalStore(factory, now ? { now } : {});
const textOf = async (id: string) => (await store.page('ana', id))?.messages[0]?.text;

beforeEach(async () => {
  factory = new IDBFactory();
  store = openTab();
  await store.begin(ana);
});

describe('a local store in the database of the browser', () => {
  it('gives back what was saved, also to the page after a reload', async () => {
    await store.save('ana', changes({ conversations: [of('c1'), of('c2', null)], people: [ben] }));
    const kept = await openTab().load();
    expect(kept).toEqual({
      user: ana,
      people: [ben],
      conversations: [conversation('c1'), conversation('c2')],
      paged: new Set(['c1']),
    });
    expect(await store.page('ana', 'c1')).toEqual(page('c1'));
    expect(await store.page('ana', 'c2')).toBeNull();
  });

  it('keeps the people and the page that a later save says nothing of', async () => {
    await store.save('ana', changes({ conversations: [of('c1')], people: [ben] }));
    await store.save('ana', changes({ conversations: [of('c1', null, 2)] }));
    expect((await store.load())?.people).toEqual([ben]);
    expect(await textOf('c1')).toBe('c1');
  });

  it('leaves a conversation as another tab knows it further', async () => {
    await openTab().save('ana', changes({ conversations: [of('c1', 'later', 5)] }));
    await store.save('ana', changes({ conversations: [of('c1', 'earlier', 4)] }));
    expect((await store.load())?.conversations).toEqual([conversation('c1', 5)]);
    expect(await textOf('c1')).toBe('later');
  });

  it('drops what was removed, and what is not among all that there are', async () => {
    await store.save('ana', changes({ conversations: [of('c1'), of('c2'), of('c3')] }));
    await store.save('ana', changes({ removed: ['c1'] }));
    await store.save('ana', changes({ only: ['c3'] }));
    const kept = await store.load();
    expect([kept?.conversations, kept?.paged]).toEqual([[conversation('c3')], new Set(['c3'])]);
  });

  it('drops everything of one person when another begins, and gives no page to them', async () => {
    await store.save('ana', changes({ conversations: [of('c1')], people: [ana] }));
    expect(await store.page('ben', 'c1')).toBeNull();
    await store.begin(ben);
    expect(await store.load()).toEqual({ user: ben, people: [], conversations: [], paged: new Set() });
    expect(await store.page('ana', 'c1')).toBeNull();
  });

  it('takes nothing of a person after their sign-out, as from a tab that learns of it late', async () => {
    await store.save('ana', changes({ conversations: [of('c1')] }));
    const late = openTab();
    await store.clear('ana');
    await late.save('ana', changes({ conversations: [of('c1')] }));
    expect(await store.load()).toBeNull();
    await store.begin(ben);
    await late.save('ana', changes({ conversations: [of('c1')] }));
    expect((await store.load())?.conversations).toEqual([]);
  });

  it('keeps what another person has when the former one is cleared late', async () => {
    await store.begin(ben);
    await store.clear('ana');
    expect((await store.load())?.user).toEqual(ben);
    await store.clear(null);
    expect(await store.load()).toBeNull();
  });

  it('keeps the pages of the thirty conversations that were saved last', async () => {
    let now = 1;
    const aging = openTab(() => now++);
    for (let n = 0; n < 35; n++) await aging.save('ana', changes({ conversations: [of(`c${String(n)}`)] }));
    await aging.save('ana', changes({ conversations: [of('c6')] }));
    const paged = (await openTab(() => now).load())?.paged;
    expect([paged?.size, paged?.has('c4'), paged?.has('c5'), paged?.has('c6'), paged?.has('c34')]).toEqual([30, false, true, true, true]);
    expect((await openTab(() => now).load())?.conversations).toHaveLength(35);
  });

  it('does not give back what nobody came back to for a month', async () => {
    await openTab(() => 1_000).begin(ben);
    const monthMs = 30 * 24 * 60 * 60 * 1000;
    expect((await openTab(() => 1_000 + monthMs).load())?.user).toEqual(ben);
    expect(await openTab(() => 1_001 + monthMs).load()).toBeNull();
  });
});

describe('records of another version of the page', () => {
  const openedAs = async (version: number): Promise<void> => {
    const request = factory.open('confab-local', version);
    request.onupgradeneeded = () => {
      if (!request.result.objectStoreNames.contains('later')) request.result.createObjectStore('later');
    };
    (await requested(request)).close();
  };

  it('that is newer are not read, and are deleted at the sign-out all the same', async () => {
    await store.save('ana', changes({ conversations: [of('c1')] }));
    await openedAs(99);
    const older = openTab();
    await expect(older.load()).rejects.toThrow();
    await older.clear('ana');
    expect((await factory.databases()).map(({ name }) => name)).toEqual([]);
    await older.begin(ana);
    expect((await older.load())?.conversations).toEqual([]);
  });

  it('that this one cannot use are deleted when the store is cleared', async () => {
    const other = factory.open('confab-strange', 1);
    (await requested(other)).close();
    const strange = new IndexedDbLocalStore(factory, { name: 'confab-strange' });
    await expect(strange.load()).rejects.toThrow();
    await strange.clear(null);
    await strange.begin(ana);
    expect((await strange.load())?.user).toEqual(ana);
  });
});
