import type { Socket } from 'node:net';
import { Seeded } from '../../bench/faults/seeded.ts';
import type { Carrier } from './cut-wire.ts';

export interface SlowLine {
  /** From one end to the other; the way there and back takes twice as long. */
  readonly oneWayMs: number;
  /** How many of a hundred packets are lost. */
  readonly lossPercent: number;
  /** How much later the data arrives of which a packet was lost. */
  readonly retransmitMs: number;
  readonly seed: number;
}

/** What one TCP segment carries on an Ethernet. */
const packetBytes = 1_460;

/**
 * A line as a phone in a train has it, for `CutWire.to`. TCP hides a loss from its ends and keeps the order: a lost packet is sent again, and
 * what comes after it waits. The handshake takes one way there and back before the first byte leaves.
 */
export function slowLine({ oneWayMs, lossPercent, retransmitMs, seed }: SlowLine): (to: Socket) => Carrier {
  const dice = new Seeded(seed);
  const delayMs = (bytes: number): number => {
    const arrives = (1 - lossPercent / 100) ** Math.ceil(bytes / packetBytes);
    return oneWayMs + (dice.next() < arrives ? 0 : retransmitMs);
  };
  return (to) => {
    let freeAt = Date.now() + 3 * oneWayMs;
    const underWay: (() => void)[] = [];
    const later = (bytes: number, arrive: () => void): void => {
      freeAt = Math.max(freeAt, Date.now() + delayMs(bytes));
      underWay.push(arrive);
      // Whichever timer fires first, what was sent first arrives first.
      setTimeout(() => underWay.shift()?.(), freeAt - Date.now());
    };
    return {
      carry: (data) => later(data.length, () => to.destroyed || to.write(data)),
      end: () => later(0, () => to.destroy()),
    };
  };
}
