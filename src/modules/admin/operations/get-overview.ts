import type { Context } from '../../../kernel/context.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { getOverview } from '../../../contracts/admin/overview.ts';
import { countUsers } from '../../../contracts/auth/accounts.ts';
import { countMessages } from '../../../contracts/chat/messages.ts';
import { listUnindexed } from '../../../contracts/chat/search.ts';
import { readAlarms } from '../../../contracts/notifications/channels.ts';
import { countOnline } from '../../../contracts/presence/statuses.ts';
import { isAppError } from '../../../kernel/errors.ts';
import type { AdminParts } from '../parts.ts';
import { presentCheck } from '../present.ts';

export async function handleGetOverview(
  { kernel, version, startedAt, databaseBytes }: AdminParts,
  _input: Input<typeof getOverview>,
  context: Context,
): Promise<Output<typeof getOverview>> {
  const { bus, deliveries, jobs, health, disk, clock, nodeId } = kernel;
  const [users, chat, unindexed, presence, alarms, deadLetters, failedJobs, bytes, checks] = await Promise.all([
    ifThere(bus.call(countUsers, {}, context)),
    ifThere(bus.call(countMessages, {}, context)),
    ifThere(bus.call(listUnindexed, { limit: 1 }, context)),
    ifThere(bus.call(countOnline, {}, context)),
    ifThere(bus.call(readAlarms, {}, context)),
    deliveries.countDead(),
    ifThere(jobs.countFailed()),
    databaseBytes(),
    health.run(),
  ]);
  return {
    version,
    nodeId,
    startedAt: new Date(startedAt).toISOString(),
    uptime: Math.round((clock.now() - startedAt) / 1000),
    memoryMb: Math.round(process.memoryUsage.rss() / 1_048_576),
    users: users?.users ?? null,
    activeUsers: users?.active ?? null,
    online: presence?.online ?? null,
    sessions: users?.sessions ?? null,
    conversations: chat?.conversations ?? null,
    messages: chat?.messages ?? null,
    deadLetters,
    failedJobs,
    unindexed: unindexed?.count ?? null,
    toReindex: unindexed?.toReindex ?? null,
    databaseBytes: bytes,
    diskFreeBytes: disk.freeBytes,
    diskFull: disk.isFull,
    notificationAlarms: alarms?.items ?? null,
    checks: checks.map(presentCheck),
  };
}

/** What another process or server knows; an admin looks here when one of them is away. */
const ifThere = <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (isAppError(error) && away.has(error.code)) return null;
    throw error;
  });

const away: ReadonlySet<string> = new Set(['unavailable', 'deadline_exceeded']);
