import type { Actor, Context } from '../../kernel/context.ts';
import { authorize } from '../../kernel/policy.ts';
import type { Departures } from './ports.ts';
import { canAddAgain } from './policy.ts';

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
  authorize(canAddAgain(actor, declined), context);
  return declined;
}
