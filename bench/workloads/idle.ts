import { setTimeout as sleep } from 'node:timers/promises';
import { proportionalKb, residentKb } from '../rig/process-tree.ts';
import type { Running } from '../rig/running.ts';
import { openClients, range } from './crowd.ts';
import type { Workload } from './workload.ts';

const warmUp = 100;

/** Memory per signed-in connection, and what a server costs that has none. */
export const idle: Workload = {
  name: 'idle',
  run: async (running, { measureMs }) => {
    await sleep(1000);
    const idleRssMb = kbOf(running, residentKb) / 1024;
    const idlePssMb = kbOf(running, proportionalKb) / 1024;
    const { rssKbPerConnection, problems } = await connections(running, 1000, measureMs);
    return { values: { idleRssMb, idlePssMb, readyMs: running.readyMs, rssKbPerConnection }, problems };
  },
};

/** The same with so many that what each holds outweighs what grows in steps; five devices of each person. */
export const idle5000: Workload = {
  name: 'idle5000',
  run: async (running, { measureMs }) => {
    const { rssKbPerConnection, problems } = await connections(running, 5000, measureMs);
    return { values: { rssKbPerConnection }, problems };
  },
};

interface Occupied {
  readonly rssKbPerConnection: number;
  readonly problems: readonly string[];
}

/**
 * What `count` connections add to a tree that has served 100 before, so that code and pools that are loaded once are in
 * neither reading.
 */
async function connections(running: Running, count: number, waitMs: number): Promise<Occupied> {
  const everyone = running.population.tokens.length;
  const first = await openClients(running, range(0, warmUp));
  await sleep(waitMs);
  const before = kbOf(running, residentKb);
  const rest = await openClients(
    running,
    range(warmUp, warmUp + count).map((number) => number % everyone),
  );
  await sleep(waitMs);
  const after = kbOf(running, residentKb);
  const lost = [...first, ...rest].filter((client) => client.closed !== undefined).length;
  for (const client of [...first, ...rest]) client.close();
  return {
    rssKbPerConnection: (after - before) / count,
    problems: lost > 0 ? [`${String(lost)} idle connections were closed`] : [],
  };
}

function kbOf({ pids }: Running, measure: (pid: number) => number): number {
  return pids.reduce((sum, pid) => sum + measure(pid), 0);
}
