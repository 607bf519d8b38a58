import type { Context } from '../../../kernel/context.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { readPresence } from '../../../contracts/presence/statuses.ts';
import type { PresenceParts } from '../parts.ts';

export async function handleRead(
  { people }: PresenceParts,
  { userIds }: Input<typeof readPresence>,
  context: Context,
): Promise<Output<typeof readPresence>> {
  return { items: await people.presentTo(context, userIds) };
}
