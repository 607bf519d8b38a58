import { layout } from '../rig/population.ts';
import type { Running } from '../rig/running.ts';
import { gather, range, type Crowd } from './crowd.ts';
import { pace } from './paced.ts';
import { problemsOf } from './problems.ts';
import { saturate } from './saturate.ts';
import type { Measured, Plan, Workload } from './workload.ts';

const writers = 16;
const fixedRate = 300;

/** One room of 200 who all receive, 16 of whom write: saturation, a fixed rate, and half of the base's maximum. */
export const room200: Workload = {
  name: 'room200',
  run: async (running, plan) => {
    const crowd = await gatherRoom(running, 'room200');
    try {
      const most = await saturation(running, crowd, { ...plan, window: plan.window ?? 16 });
      const fixed = await pace(running, crowd, { ...plan, rate: fixedRate, timed: 'observers' });
      const half = await pace(running, crowd, {
        ...plan,
        rate: (plan.baseMaximum ?? most.values.ackedPerSecond ?? fixedRate) / 2,
        timed: 'everyone',
      });
      return {
        values: {
          ...most.values,
          cpuPerDelivery: fixed.appPerDelivery + fixed.databasePerDelivery,
          databasePerDelivery: fixed.databasePerDelivery,
          fixedP50Ms: fixed.p50Ms,
          p50Ms: half.p50Ms,
          p99Ms: half.p99Ms,
        },
        shares: most.shares,
        problems: [
          ...most.problems,
          ...problemsOf('fixed rate', fixed.faults, fixed.firstRefusal),
          ...problemsOf('half rate', half.faults, half.firstRefusal),
        ],
      };
    } finally {
      crowd.close();
    }
  },
};

/** One room of 1,000: saturation only. */
export const room1000: Workload = {
  name: 'room1000',
  run: async (running, plan) => {
    const crowd = await gatherRoom(running, 'room1000');
    try {
      return await saturation(running, crowd, { ...plan, window: plan.window ?? 8 });
    } finally {
      crowd.close();
    }
  },
};

function gatherRoom(running: Running, room: 'room200' | 'room1000'): Promise<Crowd> {
  return gather(running, [{ conversationId: running.population.conversations[room], members: range(0, layout[room]), writers }]);
}

async function saturation(
  running: Running,
  crowd: Crowd,
  plan: Plan & { window: number },
): Promise<Measured & { shares: { server: number; generator: number } }> {
  const { ackedPerSecond, deliveriesPerSecond, appPerMessage, databasePerMessage, ...rest } = await saturate(running, crowd, plan);
  return {
    values: { ackedPerSecond, deliveriesPerSecond, appPerMessage, databasePerMessage },
    shares: { server: rest.serverShare, generator: rest.generatorShare },
    problems: problemsOf('saturation', rest.faults, rest.firstRefusal),
  };
}
