import { z } from 'zod';
import { operation } from '../define.ts';
import { Id, Nothing, page, Timestamp } from '../primitives.ts';
import { Paged } from './paged.ts';

/** An event whose subscriber failed at every retry. */
export const DeadLetter = z
  .strictObject({
    id: Id,
    event: z.string(),
    subscriber: z.string(),
    /** Without secrets and without what people wrote: only the length of such a text is shown. */
    payload: z.unknown(),
    attempts: z.int(),
    error: z.string(),
    firstFailedAt: Timestamp,
    lastFailedAt: Timestamp,
  })
  .meta({ id: 'DeadLetter' });
export type DeadLetter = z.infer<typeof DeadLetter>;

export const listDeadLetters = operation({
  name: 'admin.listDeadLetters',
  summary: 'Events whose subscriber failed for good, newest first',
  access: 'admin',
  input: z.strictObject(Paged),
  output: page(DeadLetter),
  http: { method: 'GET', path: '/admin/dead-letters' },
});

export const retryDeadLetter = operation({
  name: 'admin.retryDeadLetter',
  summary: 'Deliver a dead letter to its subscriber again',
  access: 'admin',
  input: z.strictObject({ deadLetterId: Id }),
  output: Nothing,
  http: { method: 'POST', path: '/admin/dead-letters/:deadLetterId/retry', status: 204 },
});

export const dropDeadLetter = operation({
  name: 'admin.dropDeadLetter',
  summary: 'Delete a dead letter without delivering it',
  access: 'admin',
  input: z.strictObject({ deadLetterId: Id }),
  output: Nothing,
  http: { method: 'DELETE', path: '/admin/dead-letters/:deadLetterId', status: 204 },
});
