import type { Input, Output } from '../../../contracts/define.ts';
import type { testSubscription } from '../../../contracts/notifications/subscriptions.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import type { NotificationsParts } from '../parts.ts';

/** Goes the way of every other event, so that it fails where they fail. */
export async function handleTestSubscription(
  { subscriptions, arrivals, clock }: Pick<NotificationsParts, 'subscriptions' | 'arrivals' | 'clock'>,
  { subscriptionId }: Input<typeof testSubscription>,
  context: Context,
): Promise<Output<typeof testSubscription>> {
  const { userId } = requireActor(context);
  if (!(await subscriptions.of([userId])).some(({ id }) => id === subscriptionId)) throw notFound();
  const eventId = newId();
  await arrivals.add({ kind: 'test', eventId, userId, subscriptionId, createdAt: clock.timestamp() });
  return { eventId };
}
