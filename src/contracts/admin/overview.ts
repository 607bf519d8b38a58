import { z } from 'zod';
import { operation } from '../define.ts';
import { NotificationAlarm } from '../notifications/channels.ts';
import { Nothing, Timestamp } from '../primitives.ts';

/** Null while the module that knows the number does not answer. */
const Figure = z.int().nullable();

export const Overview = z
  .strictObject({
    version: z.string(),
    nodeId: z.string(),
    startedAt: Timestamp,
    uptime: z.number(),
    memoryMb: z.number(),
    users: Figure,
    activeUsers: Figure,
    online: Figure,
    sessions: Figure,
    conversations: Figure,
    messages: Figure,
    deadLetters: z.int(),
    failedJobs: Figure,
    /** Messages that could not be indexed for search. */
    unindexed: Figure,
    /** Messages that wait to be indexed again for search, about. */
    toReindex: Figure,
    databaseBytes: z.int(),
    /** Free where the data directory of this node is; null where the system does not say. */
    diskFreeBytes: Figure,
    /** Changes are refused because the disk of this node or of the database is full or read-only; reading goes on. */
    diskFull: z.boolean(),
    /** What services of notifications refuse for a reason that is ours to repair. */
    notificationAlarms: z.array(NotificationAlarm).nullable(),
    checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'Overview' });
export type Overview = z.infer<typeof Overview>;

export const getOverview = operation({
  name: 'admin.getOverview',
  summary: 'An overview of the state of the server',
  access: 'admin',
  input: Nothing,
  output: Overview,
  http: { method: 'GET', path: '/admin/overview' },
});
