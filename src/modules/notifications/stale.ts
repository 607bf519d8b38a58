import { createHash } from 'node:crypto';
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
  eventId: eventIdOf(id, confirmedAt),
  userId,
  notice: { what: 'stale_device' as const, about: device, address: '' },
  createdAt,
});

/** The same for the same device until it is confirmed again (UUIDv8, RFC 9562 §5.8). */
function eventIdOf(id: string, confirmedAt: string): string {
  const hex = createHash('sha256').update(`${id} ${confirmedAt}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
