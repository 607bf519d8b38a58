import type * as wire from '../../contracts/admin/audit.ts';
import type { DeadLetter as ShownDeadLetter } from '../../contracts/admin/dead-letters.ts';
import type { Job as ShownJob } from '../../contracts/admin/jobs.ts';
import type { Overview } from '../../contracts/admin/overview.ts';
import type { AuditEntry } from '../../kernel/audit.ts';
import type { DeadLetter } from '../../kernel/bus/delivery-store.ts';
import type { CheckResult } from '../../kernel/health.ts';
import type { Job } from '../../kernel/jobs.ts';
import { errorWithoutTexts, withoutTexts } from '../../kernel/telemetry/redaction.ts';

export const presentAuditEntry = (entry: AuditEntry): wire.AuditEntry => ({
  id: entry.id,
  at: entry.at,
  actorId: entry.actorId,
  transport: entry.transport,
  address: entry.address,
  operation: entry.operation,
  subject: entry.subject,
  input: entry.input,
  outcome: entry.outcome,
  requestId: entry.requestId,
});

/** Admins look after what failed, and may not read by it what people wrote to each other. The stored one stays whole. */
export const presentDeadLetter = ({ payload, error, ...letter }: DeadLetter): ShownDeadLetter => ({
  id: letter.id,
  event: letter.event,
  subscriber: letter.subscriber,
  payload: withoutTexts(payload),
  attempts: letter.attempts,
  error: errorWithoutTexts(error, payload),
  firstFailedAt: letter.firstFailedAt,
  lastFailedAt: letter.lastFailedAt,
});

/** Without what people wrote, as of a dead letter. */
export const presentJob = ({ payload, error, ...job }: Job): ShownJob => ({
  id: job.id,
  queue: job.queue,
  state: job.state,
  payload: withoutTexts(payload),
  attempts: job.attempts,
  error: error === null ? null : errorWithoutTexts(error, payload),
  createdAt: job.createdAt,
  startAfter: job.startAfter,
  finishedAt: job.finishedAt,
});

export const presentCheck = ({ name, ok, detail }: CheckResult): Overview['checks'][number] => ({ name, ok, detail });
