import { layout } from '../rig/population.ts';
import type { Running } from '../rig/running.ts';
import { type Crowd, gather, range } from './crowd.ts';
import { pace } from './paced.ts';
import { problemsOf } from './problems.ts';
import { saturate } from './saturate.ts';
import type { Workload } from './workload.ts';

/** 500 two-person conversations, each with one of its people writing: nothing can be shared between recipients. */
export const pairs: Workload = {
  name: 'pairs',
  run: async (running, plan) => {
    const crowd = await gatherPairs(running);
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

/**
 * The same conversations with 64 messages under way in all, so that little can be written together. The sender's own copy
 * of the message is not counted.
 */
export const pairs64: Workload = {
  name: 'pairs64',
  run: async (running, { window = 64, warmMs, measureMs }) => {
    const crowd = await gatherPairs(running);
    try {
      const groups = crowd.groups.map((group) => ({
        ...group,
        members: group.members.filter((member) => !group.writers.includes(member)),
      }));
      const most = await saturate(running, { ...crowd, groups }, { inAll: window, warmMs, measureMs });
      const { ackedPerSecond, deliveriesPerSecond, appPerMessage, databasePerMessage } = most;
      return {
        values: { ackedPerSecond, deliveriesPerSecond, timePerMessage: 1e6 / ackedPerSecond, appPerMessage, databasePerMessage },
        shares: { server: most.serverShare, generator: most.generatorShare },
        problems: problemsOf('saturation', most.faults, most.firstRefusal),
      };
    } finally {
      crowd.close();
    }
  },
};

function gatherPairs(running: Running): Promise<Crowd> {
  const seatings = running.population.conversations.pairs
    .slice(0, layout.pairs)
    .map((conversationId, k) => ({ conversationId, members: range(2 * k, 2 * k + 2), writers: 1 }));
  return gather(running, seatings);
}
