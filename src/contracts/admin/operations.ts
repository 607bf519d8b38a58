import { z } from 'zod';
import { operation } from '../define.ts';
import { Cursor, exactText, Id, Limit, Nothing, optionalLine, page } from '../primitives.ts';
import { AuditEntry, DeadLetter, Job, Overview, Settings } from './entities.ts';

const Paged = { limit: Limit(50, 200), cursor: Cursor.optional() };

export const getOverview = operation({
  name: 'admin.getOverview',
  summary: 'The state of the server at a glance',
  access: 'admin',
  input: Nothing,
  output: Overview,
  http: { method: 'GET', path: '/admin/overview' },
});

export const getSettings = operation({
  name: 'admin.getSettings',
  summary: 'Live settings',
  access: 'admin',
  input: Nothing,
  output: Settings,
  http: { method: 'GET', path: '/admin/settings' },
});

export const updateSettings = operation({
  name: 'admin.updateSettings',
  summary: 'Change live settings; those not named stay',
  access: 'admin',
  input: Settings.partial(),
  output: Settings,
  http: { method: 'PATCH', path: '/admin/settings' },
});

export const listAudit = operation({
  name: 'admin.listAudit',
  summary: 'Who changed what, newest first',
  access: 'admin',
  input: z.strictObject({ ...Paged, operation: optionalLine(100).optional(), actorId: Id.optional() }),
  output: page(AuditEntry),
  http: { method: 'GET', path: '/admin/audit' },
});

export const listDeadLetters = operation({
  name: 'admin.listDeadLetters',
  summary: 'Facts that a subscriber could not take, newest first',
  access: 'admin',
  input: z.strictObject(Paged),
  output: page(DeadLetter),
  http: { method: 'GET', path: '/admin/dead-letters' },
});

export const retryDeadLetter = operation({
  name: 'admin.retryDeadLetter',
  summary: 'Hand a dead letter to its subscriber again',
  access: 'admin',
  input: z.strictObject({ deadLetterId: Id }),
  output: Nothing,
  http: { method: 'POST', path: '/admin/dead-letters/:deadLetterId/retry', status: 204 },
});

export const dropDeadLetter = operation({
  name: 'admin.dropDeadLetter',
  summary: 'Give a dead letter up',
  access: 'admin',
  input: z.strictObject({ deadLetterId: Id }),
  output: Nothing,
  http: { method: 'DELETE', path: '/admin/dead-letters/:deadLetterId', status: 204 },
});

const OneJob = z.strictObject({ queue: exactText(1, 100), jobId: Id });

export const listJobs = operation({
  name: 'admin.listJobs',
  summary: 'Background jobs, newest first',
  access: 'admin',
  input: z.strictObject({ ...Paged, state: Job.shape.state.optional(), queue: exactText(1, 100).optional() }),
  output: page(Job),
  http: { method: 'GET', path: '/admin/jobs' },
});

export const retryJob = operation({
  name: 'admin.retryJob',
  summary: 'Run a failed job again',
  access: 'admin',
  input: OneJob,
  output: Nothing,
  http: { method: 'POST', path: '/admin/jobs/:queue/:jobId/retry', status: 204 },
});

export const dropJob = operation({
  name: 'admin.dropJob',
  summary: 'Give a job up',
  access: 'admin',
  input: OneJob,
  output: Nothing,
  http: { method: 'DELETE', path: '/admin/jobs/:queue/:jobId', status: 204 },
});
