import { z } from 'zod';
import { operation } from '../define.ts';
import { Nothing, Timestamp } from '../primitives.ts';

/** Null while who knows it is away. */
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
    /** Changes are refused for want of disk, here or at the database; reading goes on. */
    diskFull: z.boolean(),
    checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'Overview' });
export type Overview = z.infer<typeof Overview>;

export const getOverview = operation({
  name: 'admin.getOverview',
  summary: 'The state of the server at a glance',
  access: 'admin',
  input: Nothing,
  output: Overview,
  http: { method: 'GET', path: '/admin/overview' },
});
