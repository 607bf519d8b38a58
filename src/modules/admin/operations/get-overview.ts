import { getOverview } from '../../../contracts/admin/operations.ts';
import { countUsers } from '../../../contracts/auth/operations.ts';
import { countMessages } from '../../../contracts/chat/operations.ts';
import { countOnline } from '../../../contracts/presence/operations.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { AdminParts } from '../parts.ts';

export const getOverviewOperation = ({ kernel, version, startedAt, databaseBytes }: AdminParts) =>
  implement(getOverview, async (_input, context) => {
    const { bus, deliveries, jobs, health, clock, nodeId } = kernel;
    const [users, chat, presence, deadLetters, failedJobs, bytes, checks] = await Promise.all([
      bus.call(countUsers, {}, context),
      bus.call(countMessages, {}, context),
      bus.call(countOnline, {}, context),
      deliveries.countDead(),
      jobs.countFailed(),
      databaseBytes(),
      health.run(),
    ]);
    return {
      version,
      nodeId,
      startedAt: new Date(startedAt).toISOString(),
      uptime: Math.round((clock.now() - startedAt) / 1000),
      memoryMb: Math.round(process.memoryUsage.rss() / 1_048_576),
      users: users.users,
      activeUsers: users.active,
      online: presence.online,
      sessions: users.sessions,
      conversations: chat.conversations,
      messages: chat.messages,
      deadLetters,
      failedJobs,
      databaseBytes: bytes,
      checks: checks.map(({ name, ok, detail }) => ({ name, ok, detail })),
    };
  });
