import type { Input, Output } from '../../../contracts/define.ts';
import type { removeSubscription } from '../../../contracts/notifications/subscriptions.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { NotificationsParts } from '../parts.ts';

export async function handleRemoveSubscription(
  { subscriptions }: Pick<NotificationsParts, 'subscriptions'>,
  { subscriptionId }: Input<typeof removeSubscription>,
  context: Context,
): Promise<Output<typeof removeSubscription>> {
  if (!(await subscriptions.remove(requireActor(context).userId, { id: subscriptionId }))) throw notFound();
  return {};
}
