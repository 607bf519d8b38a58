import { idFrom } from './id-from.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { JobQueue } from '../../kernel/jobs.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import { staleAfterMs } from './domain/timing.ts';
import type { NotificationsParts } from './parts.ts';
import type { StoredSubscription } from './store-ports.ts';

const together = 500;

interface StaleParts extends Pick<NotificationsParts, 'subscriptions' | 'arrivals'> {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Each night: whose devices went stale is notified once of each. Running twice at once, or again after a crash, is harmless: the event of a device stays the same. */
export const staleQueue = ({ subscriptions, arrivals, clock, logger }: StaleParts): JobQueue => ({
  name: 'notifications.note-stale',
  retries: 5,
  cron: '50 3 * * *',
  handle: async () => {
    const before = new Date(clock.now() - staleAfterMs).toISOString();
    let noted = 0;
    for (let found = await subscriptions.stale(before, together); found.length > 0; found = await subscriptions.stale(before, together)) {
      await Promise.all(found.map((one) => arrivals.add(occurrenceOf(one, clock.timestamp()))));
      await subscriptions.markStale(
        found.map(({ id }) => id),
        clock.timestamp(),
      );
      noted += found.length;
    }
    logger.info('notified people of devices that are not opened any more', { event: 'notifications.stale_noted', noted });
  },
});

const occurrenceOf = ({ id, userId, device, confirmedAt }: StoredSubscription, createdAt: string) => ({
  kind: 'security' as const,
  // The same until it is confirmed again.
  eventId: idFrom(`${id} ${confirmedAt}`),
  userId,
  notice: { what: 'stale_device' as const, about: device, address: '' },
  createdAt,
});
