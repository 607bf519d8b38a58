import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Lobby } from './cast.ts';
import type { Witness } from './witness.ts';

/** Kills a process that people are connected to, in one moment with what it is given. */
export type Vanish = (meanwhile: () => void) => Promise<void>;

/** Milliseconds until everybody was shown as they are; undefined: never, within a minute. */
export interface PresenceRecord {
  /** After the last kill of the trial, all of the crowd being connected. */
  readonly onlineMs: number | undefined;
  /** After half of them vanished in one moment with a process, so that nobody could say they left. */
  readonly offlineMs: number | undefined;
}

interface Scene {
  readonly port: number;
  readonly watcher: Account;
  readonly lobby: Lobby;
  /** In the order of the lobby's crowd. */
  readonly guests: readonly Witness[];
  readonly killGateway: Vanish;
}

const giveUpMs = 60_000;
const peoplePerCall = 100;

export async function watchPresence({ watcher, lobby: { crowd }, guests, killGateway }: Scene): Promise<PresenceRecord> {
  const expected = new Map(crowd.map(({ id }) => [id, 'online']));
  const onlineMs = await untilShown(watcher, expected);
  const leaving = Math.floor(crowd.length / 2);
  const vanishedAt = performance.now();
  await killGateway(() => {
    for (const guest of guests.slice(0, leaving)) guest.stop();
  });
  for (const { id } of crowd.slice(0, leaving)) expected.set(id, 'offline');
  const settledMs = await untilShown(watcher, expected);
  return { onlineMs, offlineMs: settledMs === undefined ? undefined : Math.round(performance.now() - vanishedAt) };
}

async function untilShown(watcher: Account, expected: ReadonlyMap<string, string>): Promise<number | undefined> {
  const beganAt = performance.now();
  while (performance.now() - beganAt < giveUpMs) {
    const shown = await statusesOf(watcher, [...expected.keys()]).catch(() => new Map<string, string>());
    if ([...expected].every(([id, status]) => shown.get(id) === status)) return Math.round(performance.now() - beganAt);
    await sleep(100);
  }
  return undefined;
}

async function statusesOf(watcher: Account, ids: readonly string[]): Promise<Map<string, string>> {
  const shown = new Map<string, string>();
  for (let at = 0; at < ids.length; at += peoplePerCall) {
    const body = { userIds: ids.slice(at, at + peoplePerCall) };
    const { items } = await watcher.call<{ items: { userId: string; status: string }[] }>({
      method: 'POST',
      path: '/presence/query',
      body,
    });
    for (const { userId, status } of items) shown.set(userId, status);
  }
  return shown;
}
