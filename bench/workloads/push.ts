import { setTimeout as sleep } from 'node:timers/promises';
import type { Pushing } from '../rig/push-systems.ts';
import { gather, range } from './crowd.ts';
import { problemsOf } from './problems.ts';
import { saturate } from './saturate.ts';
import type { Workload } from './workload.ts';

const writers = 16;

/** The room of 200 of which one half is away: what writes reach while everybody away is to be notified of each message, and how fast pushes are made up for then. */
export const push: Workload<Pushing> = {
  name: 'push',
  run: async (running, plan) => {
    const conversationId = running.population.conversations.room200;
    const crowd = await gather(running, [{ conversationId, members: range(0, running.present), writers }]);
    try {
      const begunAt = performance.now();
      const { ackedPerSecond, appPerMessage, databasePerMessage, ...rest } = await saturate(running, crowd, {
        ...plan,
        window: plan.window ?? 16,
      });
      const during = running.pushes() / ((performance.now() - begunAt) / 1000);
      const [before, since] = [running.pushes(), performance.now()];
      await sleep(plan.measureMs);
      const after = (running.pushes() - before) / ((performance.now() - since) / 1000);
      return {
        values: { ackedPerSecond, appPerMessage, databasePerMessage, pushesPerSecond: during, laterPushesPerSecond: after },
        shares: { server: rest.serverShare, generator: rest.generatorShare },
        problems: problemsOf('saturation', rest.faults, rest.firstRefusal),
      };
    } finally {
      crowd.close();
    }
  },
};
