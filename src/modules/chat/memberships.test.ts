import { Memberships } from './memberships.ts';
import type { Membership } from './ports.ts';

function storeOf(...people: string[]) {
  let membersRev = 1;
  const store = {
    reads: 0,
    people: new Set(people),
    fails: false,
    membership: (): Promise<Membership | null> => {
      store.reads++;
      if (store.fails) return Promise.reject(new Error('away'));
      return Promise.resolve({
        membersRev: membersRev++,
        kind: 'group',
        visibility: 'private',
        roles: new Map([...store.people].map((id) => [id, 'member'] as const)),
      });
    },
  };
  return store;
}

test('a membership is read once for all who ask at once, and kept', async () => {
  const store = storeOf('ana', 'boris');
  const memberships = new Memberships(store);
  await Promise.all([memberships.require('c', 'ana'), memberships.require('c', 'boris')]);
  await memberships.require('c', 'ana');
  expect(store.reads).toBe(1);
});

test('a newcomer is looked up again before being refused', async () => {
  const store = storeOf('ana');
  const memberships = new Memberships(store);
  await memberships.require('c', 'ana');
  store.people.add('boris');
  expect((await memberships.require('c', 'boris')).roles.has('boris')).toBe(true);
  await expect(memberships.require('c', 'cleo')).rejects.toMatchObject({ code: 'not_found' });
});

test('what a write found outdated is read again once, however many found it so', async () => {
  const store = storeOf('ana');
  const memberships = new Memberships(store);
  const outdated = await memberships.require('c', 'ana');
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      await memberships.renew('c', outdated);
      return memberships.require('c', 'ana');
    }),
  );
  expect(store.reads).toBe(2);
});

test('a failed read is not remembered', async () => {
  const store = storeOf('ana');
  const memberships = new Memberships(store);
  store.fails = true;
  await expect(memberships.require('c', 'ana')).rejects.toThrow('away');
  store.fails = false;
  await expect(memberships.require('c', 'ana')).resolves.toBeDefined();
});
