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

/** What `work` resolves with, or an error with this message after so many milliseconds. The work itself goes on. */
export function within<T>(ms: number, work: Promise<T>, message: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(message));
    }, ms);
    void work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}

/** Whether `work` resolves within so many milliseconds; it goes on otherwise. Rejects when `work` does so in time. */
export async function endsWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const late = new AbortController();
  try {
    return await Promise.race([work.then(() => true), sleep(ms, { signal: late.signal }).then(() => false)]);
  } finally {
    late.abort();
  }
}

const lookEveryMs = 10;

/** Resolves when `isIdle` answers true, at the latest at `giveUpAt` by the monotonic clock, milliseconds. */
export async function untilIdle(isIdle: () => boolean, giveUpAt: number): Promise<void> {
  while (!isIdle() && systemClock.monotonic() < giveUpAt) await sleep(lookEveryMs);
}
