import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../rig/statistics.ts';
import { gather } from './crowd.ts';
import { problemsOf } from './problems.ts';
import { Traffic } from './traffic.ts';
import type { Workload } from './workload.ts';

/** One sender on an otherwise idle server, who sends the next message when the last is acked: what an ack takes. */
export const alone: Workload = {
  name: 'alone',
  run: async (running, { warmMs, measureMs }) => {
    const [conversationId] = running.population.conversations.pairs;
    const crowd = await gather(running, [{ conversationId: conversationId!, members: [0, 1], writers: 1 }]);
    try {
      const traffic = new Traffic(crowd);
      const times = timeAcks(traffic);
      await sleep(warmMs);
      times.length = 0;
      await sleep(measureMs);
      const measured = [...times];
      const faults = await traffic.settle();
      return {
        values: { ackP50Ms: percentile(measured, 0.5), ackP99Ms: percentile(measured, 0.99) },
        problems: problemsOf('alone', faults, traffic.firstRefusal),
      };
    } finally {
      crowd.close();
    }
  },
};

/** Keeps one message in flight; the milliseconds of each ack are added to the answered list. */
function timeAcks(traffic: Traffic): number[] {
  const times: number[] = [];
  const group = traffic.crowd.groups[0]!;
  let sentAt = 0;
  const send = (): void => {
    sentAt = performance.now();
    traffic.send(group, group.writers[0]!);
  };
  traffic.onAnswer = () => {
    times.push(performance.now() - sentAt);
    send();
  };
  send();
  return times;
}
