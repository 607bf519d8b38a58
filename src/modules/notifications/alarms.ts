import { type Clock, hours } from '../../kernel/clock.ts';
import type { JobQueue } from '../../kernel/jobs.ts';
import { idFrom } from './id-from.ts';
import type { NotificationsParts } from './parts.ts';
import type { Channel } from './store-ports.ts';

const looksAt = 10_000;
const named: Readonly<Record<Channel, string>> = { push: 'Web Push', fcm: 'Firebase', mail: 'SMTP' };

interface AlarmParts extends Pick<NotificationsParts, 'figures' | 'lookups' | 'arrivals'> {
  readonly clock: Clock;
}

/**
 * Every ten minutes: what a service refuses for a reason that is ours to repair is said to each admin, once a day for the same words. Running twice at once, or
 * again after a crash, is harmless: the event of an admin, a reason and a day stays the same.
 */
export const alarmQueue = ({ figures, lookups, arrivals, clock }: AlarmParts): JobQueue => ({
  name: 'notifications.report-refusals',
  retries: 2,
  cron: '*/10 * * * *',
  handle: async () => {
    const alarms = await figures.refused(new Date(clock.now() - hours(1)).toISOString(), looksAt);
    if (alarms.length === 0) return;
    const admins = await lookups.admins();
    const createdAt = clock.timestamp();
    const day = createdAt.slice(0, 10);
    const occurrences = alarms.flatMap(({ channel, detail }) =>
      admins.map((userId) => ({
        kind: 'security' as const,
        eventId: idFrom(`${userId} ${channel} ${detail} ${day}`),
        userId,
        notice: { what: 'service_refuses' as const, about: named[channel], address: detail },
        createdAt,
      })),
    );
    await Promise.all(occurrences.map((one) => arrivals.add(one)));
  },
});
