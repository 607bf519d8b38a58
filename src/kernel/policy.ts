import type { ErrorCode, FieldFault } from '../contracts/errors.ts';
import type { Actor, Context } from './context.ts';
import { AppError, notVisibleText, requireAudit } from './errors.ts';

export interface Refusal {
  readonly code: ErrorCode;
  /** Shown to the client. */
  readonly detail: string;
  readonly errors?: readonly FieldFault[];
}
/** What a policy answers. */
export type Verdict = 'allow' | Refusal;
/** `allow-as-admin`: nothing but the role in the team allows it, and it needs a row in the audit log. */
export type AuditedVerdict = Verdict | 'allow-as-admin';

/** Throws what the verdict says. A change that a team role alone allows is let through once it has its row in the audit log. */
export function authorize(verdict: Verdict): void;
export function authorize(verdict: AuditedVerdict, context: Pick<Context, 'isAudited'>): void;
export function authorize(verdict: AuditedVerdict, context: Pick<Context, 'isAudited'> = {}): void {
  if (isRefusal(verdict)) throw new AppError(verdict.code, verdict);
  if (verdict === 'allow-as-admin') requireAudit(context);
}

export const isRefusal = (verdict: AuditedVerdict): verdict is Refusal => typeof verdict !== 'string';

/** The same question for what changes nothing: a read needs no row in the audit log. */
export const forReading = (verdict: AuditedVerdict): Verdict => (isRefusal(verdict) ? verdict : 'allow');

export const forbid = (detail: string): Refusal => ({ code: 'forbidden', detail });

export const notVisible: Refusal = { code: 'not_found', detail: notVisibleText };

/** Whether this role in the team is one of those that run it. */
export const isTeamAdmin = ({ role }: Pick<Actor, 'role'>): boolean => role === 'owner' || role === 'admin';
