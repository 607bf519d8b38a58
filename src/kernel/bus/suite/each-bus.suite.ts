import type { Bus } from '../bus.ts';
import type { DeliveryStore } from '../delivery-store.ts';

export interface OpenBus {
  readonly bus: Bus;
  readonly deliveries: DeliveryStore;
  /** Brings about the next try of whatever waits for its retry, or waits a moment where that comes by itself. */
  nextTry(): Promise<void>;
}

export interface BusPromises {
  /** Between processes, and in strict mode: values are copied, answers and payloads checked against their declarations. */
  readonly isolates: boolean;
}

/** Opens a bus for each test; the test starts it once it has served and subscribed. */
export function eachTest(open: () => Promise<OpenBus>): () => OpenBus {
  let opened: OpenBus;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.bus.stop());
  return () => opened;
}

/** A gate that a test opens. */
export function gateOf(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
