import { z } from 'zod';
import { EmailDomain, RegistrationMode, TeamName } from '../auth/entities.ts';
import { Id, Timestamp } from '../primitives.ts';

/** Settings an admin changes while the server runs; each takes effect at once on every node. */
export const Settings = z
  .strictObject({
    teamName: TeamName,
    registration: RegistrationMode,
    /** For the registration mode `domain`, which is off until addresses can be confirmed. */
    emailDomains: z.array(EmailDomain).max(100),
    /** Who may make invites. */
    invitesBy: z.enum(['everyone', 'admins']),
    /** How long a sender may edit a message, seconds; null: for ever. */
    editWindow: z.int().min(0).nullable(),
    /** Members see how far others have read. */
    readReceipts: z.boolean(),
    /** How many times the usual budgets one network may spend: for many people behind one address. */
    networkScale: z.int().min(1).max(20),
    /** Conversations that one person may open in an hour; people may be added to conversations twice as often. */
    openingsPerHour: z.int().min(5).max(1000),
  })
  .meta({ id: 'Settings' });
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = {
  teamName: 'Confab',
  registration: 'invite',
  emailDomains: [],
  invitesBy: 'everyone',
  editWindow: null,
  readReceipts: true,
  networkScale: 1,
  openingsPerHour: 30,
};

/** One change an admin made or tried. `outcome` is null when the process died before it could tell. */
export const AuditEntry = z
  .strictObject({
    id: Id,
    at: Timestamp,
    actorId: Id.nullable(),
    /** `cli` for the server's own command line. */
    transport: z.enum(['http', 'socket', 'bus', 'cli']),
    address: z.string(),
    operation: z.string(),
    subject: z.string().nullable(),
    input: z.record(z.string(), z.unknown()),
    outcome: z.string().nullable(),
    requestId: z.string(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

/** A fact that a subscriber could not take after every retry. */
export const DeadLetter = z
  .strictObject({
    id: Id,
    event: z.string(),
    subscriber: z.string(),
    /** Without secrets and without what people wrote: of such a text its length is given. */
    payload: z.unknown(),
    attempts: z.int(),
    error: z.string(),
    firstFailedAt: Timestamp,
    lastFailedAt: Timestamp,
  })
  .meta({ id: 'DeadLetter' });
export type DeadLetter = z.infer<typeof DeadLetter>;

export const Job = z
  .strictObject({
    id: Id,
    queue: z.string(),
    state: z.enum(['waiting', 'retry', 'active', 'completed', 'cancelled', 'failed']),
    /** Without secrets and without what people wrote. */
    payload: z.unknown(),
    attempts: z.int(),
    error: z.string().nullable(),
    createdAt: Timestamp,
    startAfter: Timestamp,
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof Job>;

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
