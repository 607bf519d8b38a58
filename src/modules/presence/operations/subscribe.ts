import type { Context } from '../../../kernel/context.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { subscribe } from '../../../contracts/presence/statuses.ts';
import type { PresenceParts } from '../parts.ts';

/** The gateway moves the socket into the rooms of those watched, and asks again once it stands there. */
export async function handleSubscribe(
  { people }: PresenceParts,
  { userIds }: Input<typeof subscribe>,
  context: Context,
): Promise<Output<typeof subscribe>> {
  return { items: await people.presentTo(context, userIds) };
}
