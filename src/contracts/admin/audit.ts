import { z } from 'zod';
import { operation } from '../define.ts';
import { Id, optionalLine, page, Timestamp } from '../primitives.ts';
import { Paged } from './paged.ts';

/** One change an admin made or tried. `outcome` is null when the process died before the outcome was recorded. */
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

export const listAudit = operation({
  name: 'admin.listAudit',
  summary: 'Who changed what, newest first',
  access: 'admin',
  input: z.strictObject({ ...Paged, operation: optionalLine(100).optional(), actorId: Id.optional() }),
  output: page(AuditEntry),
  http: { method: 'GET', path: '/admin/audit' },
});
