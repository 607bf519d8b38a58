import { setTimeout as delay } from 'node:timers/promises';
import { proportionalKb, residentKb } from '../rig/process-tree.ts';
import { openClients, range } from './crowd.ts';
import type { Workload } from './workload.ts';

const warmUp = 100;
const measured = 1000;

/**
 * Memory per signed-in connection: what 1,000 connections add to a tree that has served 100 before,
 * so that code and pools that are loaded once are in neither reading.
 */
export const idle: Workload = {
  name: 'idle',
  run: async (running, { measureMs }) => {
    const { pids } = running;
    const kbOf = (measure: (pid: number) => number): number => pids.reduce((sum, pid) => sum + measure(pid), 0);
    const everyone = running.population.tokens.length;
    await delay(1000);
    const idleRssMb = kbOf(residentKb) / 1024;
    const idlePssMb = kbOf(proportionalKb) / 1024;
    const first = await openClients(running, range(0, warmUp));
    await delay(measureMs);
    const before = kbOf(residentKb);
    const rest = await openClients(
      running,
      range(warmUp, warmUp + measured).map((number) => number % everyone),
    );
    await delay(measureMs);
    const after = kbOf(residentKb);
    const lost = [...first, ...rest].filter((client) => client.closed !== undefined).length;
    for (const client of [...first, ...rest]) client.close();
    return {
      values: { idleRssMb, idlePssMb, readyMs: running.readyMs, rssKbPerConnection: (after - before) / measured },
      problems: lost > 0 ? [`${String(lost)} idle connections were closed`] : [],
    };
  },
};
