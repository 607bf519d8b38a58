import { callSuite } from './suite/calls.suite.ts';
import type { BusPromises, OpenBus } from './suite/each-bus.suite.ts';
import { eventSuite } from './suite/events.suite.ts';
import { signalSuite } from './suite/signals.suite.ts';

export type { OpenBus } from './suite/each-bus.suite.ts';

/** What every `Bus` does. `open` gives one that is not started yet; the suite starts and stops it. */
export function busSuite(open: () => Promise<OpenBus>, promises: BusPromises): void {
  describe('a call', () => {
    callSuite(open, promises);
  });
  describe('an event', () => {
    eventSuite(open, promises);
  });
  describe('a signal', () => {
    signalSuite(open, promises);
  });
}
