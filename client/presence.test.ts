import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Presence, PresenceStatus } from '../src/contracts/presence/statuses.ts';
import { PresenceWatch } from './presence.ts';
import { settled } from './test-timers.ts';

const presence = (userId: string, status: PresenceStatus = 'online'): Presence => ({
  userId,
  status,
  lastSeenAt: null,
  text: null,
  until: null,
});

let asked: (readonly string[])[];
let isConnected: boolean;
let watch: PresenceWatch;

beforeEach(() => {
  asked = [];
  isConnected = true;
  watch = new PresenceWatch({
    subscribe: (userIds) => {
      asked.push(userIds);
      return Promise.resolve({ items: userIds.map((id) => presence(id)) });
    },
    isConnected: () => isConnected,
  });
});

describe('watched presence', () => {
  it('is asked for once when the people change, and forgotten of those no longer watched', async () => {
    watch.watch(['ana', 'ben']);
    watch.watch(['ben', 'ana']);
    await settled();
    expect(asked).toEqual([['ana', 'ben']]);
    watch.watch(['ben']);
    expect([...watch.byId.get().keys()]).toEqual(['ben']);
  });

  it('follows changes of those watched', async () => {
    watch.watch(['ana']);
    await settled();
    watch.changed(presence('ana', 'away'));
    watch.changed(presence('stranger'));
    expect([...watch.byId.get().values()]).toEqual([presence('ana', 'away')]);
  });

  it('is asked for again on a new connection', async () => {
    isConnected = false;
    watch.watch(['ana']);
    await settled();
    expect(asked).toEqual([]);
    isConnected = true;
    watch.resume();
    await settled();
    watch.resume();
    await settled();
    expect(asked).toEqual([['ana'], ['ana']]);
  });

  it('is forgotten of those whom a guest sees no more, and asked for again of those who appear', async () => {
    watch.watch(['ana', 'ben']);
    await settled();
    watch.peopleChanged({ added: [], removed: ['ben', 'eve'] });
    await settled();
    expect([asked.length, [...watch.byId.get().keys()]]).toEqual([1, ['ana']]);
    watch.peopleChanged({ added: ['cleo'], removed: [] });
    watch.peopleChanged({ added: ['ben'], removed: [] });
    await settled();
    expect([asked.length, [...watch.byId.get().keys()]]).toEqual([2, ['ana', 'ben']]);
  });

  it('shows those alone whom the answer names', async () => {
    const shown = new PresenceWatch({ subscribe: () => Promise.resolve({ items: [presence('ana')] }), isConnected: () => true });
    shown.watch(['ana', 'ben']);
    shown.changed(presence('ben'));
    await settled();
    expect([...shown.byId.get().keys()]).toEqual(['ana']);
  });

  it('is of nobody after it was cleared', async () => {
    watch.watch(['ana']);
    await settled();
    watch.clear();
    expect(watch.byId.get().size).toBe(0);
  });
});
