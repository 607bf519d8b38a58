import type { Actor, Context } from '../../kernel/context.ts';
import { AppError, requireAudit } from '../../kernel/errors.ts';
import type { Departures } from './ports.ts';
import { isTeamAdmin } from './policy.ts';

interface Return {
  readonly actor: Pick<Actor, 'role'>;
  readonly conversationId: string;
  readonly userIds: readonly string[];
}

/**
 * Those of these people who left the conversation and declined to be added again. Owners and admins of the team may add them, with a row in the audit log; of anybody
 * else it throws `return_declined`, which names them.
 */
export async function declinedAmong(
  departures: Departures,
  { actor, conversationId, userIds }: Return,
  context: Pick<Context, 'isAudited'>,
): Promise<string[]> {
  if (userIds.length === 0) return [];
  const declined = [...(await departures.among(conversationId, userIds))];
  if (declined.length > 0 && isTeamAdmin(actor)) requireAudit(context);
  else if (declined.length > 0)
    throw new AppError('return_declined', {
      detail: 'One of these people left and does not want to be added again. An admin of the team can do it.',
      errors: declined.map((userId) => ({ path: 'userIds', message: userId })),
    });
  return declined;
}
