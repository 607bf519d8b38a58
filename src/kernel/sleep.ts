import { systemClock } from './clock.ts';

interface SleepOptions {
  /** Ends the sleep early. It resolves then as well. */
  readonly signal?: AbortSignal;
  /** Whether the process stays alive for it. */
  readonly ref?: boolean;
}

/** Resolves after so many milliseconds. */
export function sleep(ms: number, { signal, ref = true }: SleepOptions = {}): Promise<void> {
  if (signal?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    if (!ref) timer.unref();
    signal?.addEventListener('abort', wake, { once: true });
  });
}

const lookEveryMs = 10;

/** Resolves when `isIdle` answers true, at the latest at `giveUpAt` by the monotonic clock, milliseconds. */
export async function untilIdle(isIdle: () => boolean, giveUpAt: number): Promise<void> {
  while (!isIdle() && systemClock.monotonic() < giveUpAt) await sleep(lookEveryMs);
}
