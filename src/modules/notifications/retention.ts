import { notificationSettings } from '../../contracts/notifications/team-settings.ts';
import { type Clock, days } from '../../kernel/clock.ts';
import type { JobQueue } from '../../kernel/jobs.ts';
import type { LiveSettings } from '../../kernel/settings.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Entries } from './store-ports.ts';

interface RetentionParts {
  readonly entries: Entries;
  readonly settings: LiveSettings;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Each night: entries and traces that are older than the team keeps them. Running twice at once, or again after a crash, is harmless. */
export const retentionQueue = ({ entries, settings, clock, logger }: RetentionParts): JobQueue => ({
  name: 'notifications.remove-old',
  retries: 5,
  cron: '40 3 * * *',
  handle: async () => {
    const { notificationsKeptDays, notificationTracesKeptDays } = settings.of(notificationSettings);
    const before = (kept: number): string => new Date(clock.now() - days(kept)).toISOString();
    const removed = await entries.removeBefore({ entries: before(notificationsKeptDays), traces: before(notificationTracesKeptDays) });
    logger.info('removed old notifications and their traces', { event: 'notifications.old_removed', removed });
  },
});
