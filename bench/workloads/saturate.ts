import { setTimeout as sleep } from 'node:timers/promises';
import { coreShares, startMeter } from '../rig/meter.ts';
import type { Running } from '../rig/running.ts';
import { type Crowd, seatsOf } from './crowd.ts';
import { Traffic, type Faults } from './traffic.ts';

export interface Saturation {
  readonly ackedPerSecond: number;
  readonly deliveriesPerSecond: number;
  /** CPU µs of the server's whole tree per acked message, split. */
  readonly appPerMessage: number;
  readonly databasePerMessage: number;
  /** Shares of one core: the server's should be near 1, the generator's below it. */
  readonly serverShare: number;
  readonly generatorShare: number;
  readonly faults: Faults;
  readonly firstRefusal: string | undefined;
}

export type ClosedLoop = InFlight & { readonly warmMs: number; readonly measureMs: number };

type InFlight =
  /** Messages each writer keeps in flight; each answer sends the writer's next. */
  | { readonly window: number }
  /** Messages in flight over all writers; each answer sends a message of the next writer in turn. */
  | { readonly inAll: number };

export async function saturate(running: Running, crowd: Crowd, { warmMs, measureMs, ...inFlight }: ClosedLoop): Promise<Saturation> {
  const traffic = new Traffic(crowd);
  keepInFlight(traffic, inFlight);
  await sleep(warmMs);
  const before = { acked: traffic.acked, delivered: traffic.delivered };
  const read = startMeter(running.pids);
  await sleep(measureMs);
  const spent = read();
  const acked = traffic.acked - before.acked;
  const delivered = traffic.delivered - before.delivered;
  const faults = await traffic.settle();
  const shares = coreShares(spent);
  return {
    ackedPerSecond: acked / spent.wall,
    deliveriesPerSecond: delivered / spent.wall,
    appPerMessage: (spent.app / acked) * 1e6,
    databasePerMessage: (spent.database / acked) * 1e6,
    serverShare: shares.server,
    generatorShare: shares.generator,
    faults,
    firstRefusal: traffic.firstRefusal,
  };
}

function keepInFlight(traffic: Traffic, inFlight: InFlight): void {
  const seats = seatsOf(traffic.crowd);
  if ('window' in inFlight) {
    traffic.onAnswer = (group, writer) => traffic.send(group, writer);
    for (const { group, writer } of seats) for (let i = 0; i < inFlight.window; i++) traffic.send(group, writer);
    return;
  }
  traffic.onAnswer = () => {
    const { group, writer } = seats[traffic.sent % seats.length]!;
    traffic.send(group, writer);
  };
  for (const { group, writer } of seats.slice(0, inFlight.inAll)) traffic.send(group, writer);
}
