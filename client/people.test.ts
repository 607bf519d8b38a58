import { describe, expect, it } from '@jest/globals';
import { listUsers } from '../src/contracts/auth/accounts.ts';
import type { User } from '../src/contracts/auth/accounts.ts';
import type { Client } from './client.ts';
import { ClientError } from './client-error.ts';
import { People } from './people.ts';
import { settled } from './test-timers.ts';

const person = (id: string): User => ({ id, username: id, displayName: id, avatarUrl: null, role: 'member', active: true, createdAt: '' });

/** A team whose directory answers calls; `down` counts the calls that fail first. */
function directory(ids: readonly string[], down = 0) {
  const asked: string[] = [];
  let failing = down;
  const call = ((operation: { name: string }, input: { userId?: string }) => {
    asked.push(input.userId ?? operation.name);
    if (failing-- > 0) return Promise.reject(new ClientError('offline'));
    if (operation.name === listUsers.name) return Promise.resolve({ items: ids.map(person), nextCursor: null });
    return ids.includes(input.userId ?? '') ? Promise.resolve(person(input.userId ?? '')) : Promise.reject(new ClientError('not_found'));
  }) as unknown as Client['call'];
  return { asked, people: new People(call) };
}

describe('people', () => {
  it('are fetched once, however often they are required', async () => {
    const { asked, people } = directory(['ana', 'ben']);
    people.require(['ana']);
    people.require(['ana', 'ben']);
    await settled();
    people.require(['ben']);
    await settled();
    expect([asked, [...people.byId.get().keys()]]).toEqual([
      ['ana', 'ben'],
      ['ana', 'ben'],
    ]);
  });

  it('are listed when many lack', async () => {
    const ids = Array.from({ length: 20 }, (_unused, index) => `p${String(index)}`);
    const { asked, people } = directory(ids);
    people.require([...ids, 'stranger']);
    await settled();
    expect(asked).toEqual([listUsers.name, 'stranger']);
    expect(people.byId.get().size).toBe(20);
  });

  it('are known before anybody is required where the list was asked for, which is read once', async () => {
    const { asked, people } = directory(['ana', 'ben'], 1);
    people.list();
    await settled();
    people.resume();
    people.require(['ana']);
    await settled();
    people.list();
    people.require(['ben']);
    await settled();
    expect([asked, people.byId.get().size]).toEqual([[listUsers.name, listUsers.name], 2]);
  });

  it('are listed no further than for those who lack', async () => {
    const asked: unknown[] = [];
    const page = (at: number) => ({ items: [person(`p${String(at)}`)], nextCursor: String(at + 1) });
    const people = new People(((_operation: unknown, { cursor, userId }: { cursor?: string; userId?: string }) => {
      asked.push(userId ?? cursor);
      return Promise.resolve(userId === undefined ? page(Number(cursor ?? 0)) : person(userId));
    }) as unknown as Client['call']);
    people.list();
    await settled();
    people.require(['p0', 'p1']);
    await settled();
    people.require(Array.from({ length: 9 }, (_unused, at) => `p${String(at + 2)}`));
    await settled();
    expect(asked).toEqual([undefined, 'p1', '1', '2', '3', ...['p4', 'p5', 'p6', 'p7', 'p8', 'p9', 'p10']]);
  });

  it('that do not exist are not asked for again', async () => {
    const { asked, people } = directory([]);
    people.require(['nobody']);
    await settled();
    people.require(['nobody']);
    await settled();
    expect(asked).toEqual(['nobody']);
  });

  it('that could not be fetched are fetched once the connection is back', async () => {
    const { asked, people } = directory(['ana'], 1);
    people.require(['ana']);
    await settled();
    expect(people.byId.get().size).toBe(0);
    people.resume();
    await settled();
    expect([asked, people.byId.get().has('ana')]).toEqual([['ana', 'ana'], true]);
  });

  it('that a guest may know of are asked for again, and those hidden are forgotten', async () => {
    const ids: string[] = [];
    const { asked, people } = directory(ids);
    people.met([person('ana')]);
    people.require(['ben', 'cleo']);
    await settled();
    ids.push('ben', 'dan');
    people.changed({ added: ['ben', 'dan'], removed: ['ana', 'eve'] });
    await settled();
    expect([asked, [...people.byId.get().keys()]]).toEqual([['ben', 'cleo', 'ben'], ['ben']]);
  });

  it('that were unknown are asked for once more on a new connection', async () => {
    const ids: string[] = [];
    const { asked, people } = directory(ids);
    people.require(['ana']);
    await settled();
    ids.push('ana');
    people.reconnected();
    await settled();
    expect([asked, [...people.byId.get().keys()]]).toEqual([['ana', 'ana'], ['ana']]);
  });

  it('are replaced by what events say of them', () => {
    const { people } = directory([]);
    people.met([person('ana')]);
    people.met([{ ...person('ana'), displayName: 'Anna' }]);
    expect(people.byId.get().get('ana')?.displayName).toBe('Anna');
    people.clear();
    expect(people.byId.get().size).toBe(0);
  });

  it('that the server shows no account of are known to be unknown until they are met', async () => {
    const ids: string[] = [];
    const { people } = directory(ids);
    const unknown = () => [...people.unknown.get()];
    people.require(['gone', 'left']);
    await settled();
    expect(unknown()).toEqual(['gone', 'left']);
    people.met([person('left')]);
    expect(unknown()).toEqual(['gone']);
    ids.push('gone');
    people.reconnected();
    expect(unknown()).toEqual(['gone']);
    await settled();
    expect([unknown(), people.byId.get().has('gone')]).toEqual([[], true]);
    people.require(['other']);
    await settled();
    people.clear();
    expect(unknown()).toEqual([]);
  });

  it('that become hidden are unknown once they are asked for again', async () => {
    const { people } = directory([]);
    people.met([person('ana')]);
    people.changed({ added: [], removed: ['ana'] });
    people.require(['ana']);
    await settled();
    expect([...people.unknown.get()]).toEqual(['ana']);
  });
});
