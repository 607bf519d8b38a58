import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { call } from '../rig/api.ts';
import { LoadClient } from '../rig/load-client.ts';
import type { Running } from '../rig/running.ts';
import { openClients, range } from './crowd.ts';
import type { Workload } from './workload.ts';

const crowd = 1000;
/** A page watches about so many people. */
const watched = 20;
const counter = /^confab_database_uses_total(?:\{[^}]*\})? (\d+)/m;

type Revs = Readonly<Record<string, number>>;
interface SyncAnswer {
  readonly conversations: readonly { readonly id: string; readonly rev: number; readonly peerIds: readonly string[] | null }[];
  readonly changes: Readonly<Record<string, { readonly messages: readonly unknown[] }>>;
}

/** A thousand connections lost at once: when all are back and in sync, having missed a message each, and what that asks of the database. */
export const reconnect: Workload = {
  name: 'reconnect',
  run: async (running, { warmMs }) => {
    const before = await openClients(running, range(0, crowd));
    const isConfab = (await usesOf(running)) !== null;
    const known = isConfab ? await Promise.all(before.map(revsOf)) : before.map(() => ({}));
    await sleep(warmMs);
    const usesBefore = await usesOf(running);
    for (const client of before) client.close();
    if (isConfab) await say(running);
    const begun = performance.now();
    const back = await Promise.all(known.map((revs, number) => comeBack(running, { number, revs, isConfab })));
    const inSyncMs = performance.now() - begun;
    // What closed connections cost comes a moment later.
    await sleep(warmMs);
    const usesAfter = await usesOf(running);
    const lacking = back.filter(({ missed }) => missed !== 1).length;
    for (const { client } of back) client.close();
    return {
      values: {
        inSyncMs,
        ...(usesBefore === null || usesAfter === null ? {} : { statementsPerClient: (usesAfter - usesBefore) / crowd }),
      },
      problems: isConfab && lacking > 0 ? [`${String(lacking)} clients did not get what they missed`] : [],
    };
  },
};

interface Comer {
  readonly number: number;
  readonly revs: Revs;
  readonly isConfab: boolean;
}

async function comeBack(
  { ports, population }: Running,
  { number, revs, isConfab }: Comer,
): Promise<{ client: LoadClient; missed: number }> {
  const client = await LoadClient.open({ port: ports[number % ports.length]!, token: population.tokens[number]! });
  if (!isConfab) return { client, missed: 0 };
  const { changes } = await client.ask<SyncAnswer>('sync', { revs });
  await client.ask('presence:subscribe', { userIds: Array.from({ length: watched }, () => randomUUID()) });
  return { client, missed: Object.values(changes).reduce((sum, { messages }) => sum + messages.length, 0) };
}

async function revsOf(client: LoadClient): Promise<Revs> {
  const { conversations } = await client.ask<SyncAnswer>('sync', { revs: {} });
  return Object.fromEntries(conversations.map(({ id, rev }) => [id, rev]));
}

async function say({ ports, population }: Running): Promise<void> {
  const path = `/conversations/${population.conversations.room1000}/messages`;
  await call(ports[0]!, {
    method: 'POST',
    path,
    token: population.tokens[0]!,
    body: { clientMessageId: randomUUID(), text: 'while you were away' },
  });
}

/** How often the processes asked PostgreSQL for anything; null of a server that does not say. */
async function usesOf({ ports }: Running): Promise<number | null> {
  const texts = await Promise.all(
    ports.map(async (port) => {
      const response = await fetch(`http://127.0.0.1:${String(port)}/metrics`).catch(() => null);
      return response?.ok ? counter.exec(await response.text())?.[1] : undefined;
    }),
  );
  const counts = texts.flatMap((text) => (text === undefined ? [] : [Number(text)]));
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}
