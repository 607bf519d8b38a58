import { setTimeout as sleep } from 'node:timers/promises';
import { coreShares, startMeter } from '../rig/meter.ts';
import type { Running } from '../rig/running.ts';
import { percentile } from '../rig/statistics.ts';
import { type Crowd, seatsOf } from './crowd.ts';
import { Traffic, type Faults } from './traffic.ts';

export interface Pacing {
  /** Messages per second, evenly spaced: an open loop, so that a slow server cannot slow the load. */
  readonly rate: number;
  readonly warmMs: number;
  readonly measureMs: number;
  /** Which deliveries are timed: all of them, or only the observers' (cheaper for the generator). */
  readonly timed: 'everyone' | 'observers';
}

export interface Paced {
  /** CPU µs of the server's whole tree per delivery, split. */
  readonly appPerDelivery: number;
  readonly databasePerDelivery: number;
  /** From when a message was due to be sent until a member has it, ms. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly serverShare: number;
  readonly generatorShare: number;
  readonly faults: Faults;
  readonly firstRefusal: string | undefined;
}

export async function pace(running: Running, crowd: Crowd, { rate, warmMs, measureMs, timed }: Pacing): Promise<Paced> {
  const traffic = new Traffic(crowd);
  const latencies = timeDeliveries(crowd, timed);
  const stop = sendEvenly(traffic, rate, latencies.due);
  await sleep(warmMs);
  latencies.begin();
  const before = traffic.delivered;
  const read = startMeter(running.pids);
  await sleep(measureMs);
  const spent = read();
  const delivered = traffic.delivered - before;
  stop();
  const faults = await traffic.settle();
  const times = latencies.end();
  const shares = coreShares(spent);
  return {
    appPerDelivery: (spent.app / delivered) * 1e6,
    databasePerDelivery: (spent.database / delivered) * 1e6,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    serverShare: shares.server,
    generatorShare: shares.generator,
    faults,
    firstRefusal: traffic.firstRefusal,
  };
}

/** Sends message n at n / rate, writers in turn, however late the timer wakes. */
function sendEvenly(traffic: Traffic, rate: number, due: number[]): () => void {
  const seats = seatsOf(traffic.crowd);
  const startedAt = performance.now();
  const timer = setInterval(() => {
    for (;;) {
      const dueAt = startedAt + (traffic.sent * 1000) / rate;
      if (dueAt > performance.now()) return;
      const { group, writer } = seats[traffic.sent % seats.length]!;
      due.push(dueAt);
      traffic.send(group, writer);
    }
  }, 1);
  return () => {
    clearInterval(timer);
  };
}

function timeDeliveries(crowd: Crowd, timed: Pacing['timed']): { due: number[]; begin: () => void; end: () => number[] } {
  const due: number[] = [];
  let times: number[] = [];
  const clients = timed === 'everyone' ? crowd.groups.flatMap((group) => group.members) : crowd.observers;
  for (const client of clients) {
    // An observer already keeps the numbers for the books; the clock is read beside that.
    const keep = client.onNumber;
    client.onNumber = (number) => {
      times.push(performance.now() - (due[number] ?? NaN));
      keep?.(number);
    };
  }
  const end = (): number[] => {
    for (const client of clients) client.onNumber = undefined;
    return times;
  };
  return {
    due,
    begin: () => {
      times = [];
    },
    end,
  };
}
