import { layout } from '../rig/population.ts';
import { gather, range } from './crowd.ts';
import { pace } from './paced.ts';
import { problemsOf } from './problems.ts';
import { saturate } from './saturate.ts';
import type { Workload } from './workload.ts';

/** 500 two-person conversations, each with one of its people writing: nothing can be shared between recipients. */
export const pairs: Workload = {
  name: 'pairs',
  run: async (running, plan) => {
    const seatings = running.population.conversations.pairs
      .slice(0, layout.pairs)
      .map((conversationId, k) => ({ conversationId, members: range(2 * k, 2 * k + 2), writers: 1 }));
    const crowd = await gather(running, seatings);
    try {
      const most = await saturate(running, crowd, { ...plan, window: plan.window ?? 1 });
      const half = await pace(running, crowd, { ...plan, rate: (plan.baseMaximum ?? most.ackedPerSecond) / 2, timed: 'everyone' });
      const { ackedPerSecond, deliveriesPerSecond, appPerMessage, databasePerMessage } = most;
      return {
        values: { ackedPerSecond, deliveriesPerSecond, appPerMessage, databasePerMessage, p50Ms: half.p50Ms, p99Ms: half.p99Ms },
        shares: { server: most.serverShare, generator: most.generatorShare },
        problems: [...problemsOf('saturation', most.faults, most.firstRefusal), ...problemsOf('half rate', half.faults, half.firstRefusal)],
      };
    } finally {
      crowd.close();
    }
  },
};
