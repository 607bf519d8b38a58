import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Presence, PresenceStatus } from '../src/contracts/presence/entities.ts';
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

  it('is of nobody after it was cleared', async () => {
    watch.watch(['ana']);
    await settled();
    watch.clear();
    expect(watch.byId.get().size).toBe(0);
  });
});
