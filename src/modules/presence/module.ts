import { seconds } from '../../kernel/clock.ts';
import { defineModule } from '../../kernel/module.ts';
import { MemoryLeases } from './adapters/memory-leases.ts';
import { RedisLeases } from './adapters/redis-leases.ts';
import { SharedLeases } from './adapters/shared-leases.ts';
import { PostgresStatuses } from './adapters/postgres-statuses.ts';
import { handlers } from './handlers.ts';
import { People } from './people.ts';
import { onConnections } from './subscribers/on-connections.ts';

const reviewEveryMs = seconds(1);

/** Who is online, by a lease per connection, and what they chose to show. */
export const presenceModule = defineModule({
  name: 'presence',
  needs: { calls: [], kernel: ['database', 'redis', 'bus', 'clock', 'logger'] },
  create({ database, redis, bus, clock, logger }) {
    const leases = redis ? new SharedLeases(new RedisLeases(redis), new MemoryLeases()) : new MemoryLeases();
    const people = new People({ leases, statuses: new PostgresStatuses(database), bus, clock });
    let timer: NodeJS.Timeout | null = null;
    let reviewing: Promise<void> | null = null;
    const review = (): void => {
      reviewing ??= people
        .review()
        .catch((error: unknown) => {
          logger.warn('presence could not be reviewed; it is tried again', { event: 'presence.review_failed', error: String(error) });
        })
        .finally(() => {
          reviewing = null;
        });
    };
    return {
      implements: handlers.map((handler) => handler({ people, clock })),
      subscriptions: onConnections(people, logger),
      start: () => {
        timer = setInterval(review, reviewEveryMs).unref();
      },
      stop: async () => {
        if (timer) clearInterval(timer);
        await reviewing;
      },
    };
  },
});
