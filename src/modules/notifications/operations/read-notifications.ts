import type { Input, Output } from '../../../contracts/define.ts';
import { notificationsRead, type readNotifications } from '../../../contracts/notifications/notifications.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import type { NotificationsParts } from '../parts.ts';

export async function handleReadNotifications(
  { entries, clock }: Pick<NotificationsParts, 'entries' | 'clock'>,
  input: Input<typeof readNotifications>,
  context: Context,
): Promise<Output<typeof readNotifications>> {
  const { userId } = requireActor(context);
  const chosen = { ids: input.ids ?? null, conversationId: input.conversationId ?? null, upToId: input.upToId ?? null };
  const happened = (unread: number) => ({
    event: notificationsRead,
    payload: { ...chosen, userId, upToSeq: null, unread },
  });
  return { unread: await entries.readChosen(userId, chosen, clock.timestamp(), happened) };
}
