import { ClientError, type Trace } from '../../../../client/index.ts';

const everyMs = 500;
const atMostMs = 20_000;
const ended = ['shown', 'cancelled', 'refused', 'gone', 'dead'];

/** Reads the trace of a test until its device has shown it, or for twenty seconds; each reading is reported. It has none before it is decided. */
export async function followTest(
  read: () => Promise<Trace>,
  report: (trace: Trace) => void,
  { now = Date.now, pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) } = {},
): Promise<void> {
  const until = now() + atMostMs;
  for (;;) {
    const trace = await read().catch((error: unknown) => {
      if (error instanceof ClientError && error.code === 'not_found' && now() < until) return null;
      throw error;
    });
    if (trace) report(trace);
    const isOver = trace !== null && trace.deliveries.length > 0 && trace.deliveries.every(({ state }) => ended.includes(state));
    if (isOver || now() >= until) return;
    await pause(everyMs);
  }
}
