import { type Clock, seconds } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import type { Lease } from './store-ports.ts';

/** How long nobody else takes what a process took and then died with. */
const leaseMs = seconds(10);
const renewEveryMs = seconds(3);

/** Works under a lease of its own that is renewed for as long as that takes. Where it cannot be renewed it ends, and somebody else does the same again. */
export async function underLease<T>(
  clock: Pick<Clock, 'now' | 'timestamp'>,
  renew: (lease: Pick<Lease, 'token' | 'until'>) => Promise<void>,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  const token = newId();
  const until = (): string => new Date(clock.now() + leaseMs).toISOString();
  const timer = setInterval(() => {
    renew({ token, until: until() }).catch(() => undefined);
  }, renewEveryMs);
  try {
    return await work({ token, now: clock.timestamp(), until: until() });
  } finally {
    clearInterval(timer);
  }
}
