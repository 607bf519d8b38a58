import type { Input, Output } from '../../../contracts/define.ts';
import type { removeEndpoint } from '../../../contracts/notifications/subscriptions.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import type { NotificationsParts } from '../parts.ts';

export async function handleRemoveEndpoint(
  { subscriptions }: Pick<NotificationsParts, 'subscriptions'>,
  { endpoint }: Input<typeof removeEndpoint>,
  context: Context,
): Promise<Output<typeof removeEndpoint>> {
  await subscriptions.remove(requireActor(context).userId, { address: endpoint });
  return {};
}
