import type { Output } from '../../../contracts/define.ts';
import type { listSubscriptions } from '../../../contracts/notifications/subscriptions.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import type { NotificationsParts } from '../parts.ts';
import { presentSubscription } from '../present.ts';

export async function handleListSubscriptions(
  { subscriptions, clock }: Pick<NotificationsParts, 'subscriptions' | 'clock'>,
  _input: object,
  context: Context,
): Promise<Output<typeof listSubscriptions>> {
  const { userId, sessionId } = requireActor(context);
  const now = clock.now();
  return { items: (await subscriptions.of([userId])).map((stored) => presentSubscription(stored, { sessionId, now })) };
}
