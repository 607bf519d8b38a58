import type { Endpoint } from '../contracts/define.ts';
import type { Actor } from '../kernel/context.ts';
import { AppError, forbidden } from '../kernel/errors.ts';
import { isTeamAdmin } from '../kernel/policy.ts';

/** Throws unless this person may call the operation at all; which objects they may change is decided by the policy of the module. */
export function checkAccess(operation: Pick<Endpoint, 'access'>, actor: Actor | null): void {
  if (operation.access === 'public') return;
  if (!actor) throw new AppError('unauthenticated', { detail: 'Sign in first.' });
  if (operation.access === 'user') return;
  if (operation.access === 'admin' && isTeamAdmin(actor)) return;
  if (operation.access === 'owner' && actor.role === 'owner') return;
  throw forbidden('This needs another role.');
}
