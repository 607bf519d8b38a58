import { setTimeout as sleep } from 'node:timers/promises';

/** What `work` resolves with; rejects with `late` when that takes longer. */
export async function within<T>(timeoutMs: number, work: Promise<T>, late: () => string): Promise<T> {
  const gaveUp = new AbortController();
  const alarm = sleep(timeoutMs, undefined, { signal: gaveUp.signal }).then((): never => {
    throw new Error(late());
  });
  return Promise.race([work, alarm]).finally(() => {
    gaveUp.abort();
  });
}
