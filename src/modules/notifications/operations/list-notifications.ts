import type { Input, Output } from '../../../contracts/define.ts';
import type { listNotifications } from '../../../contracts/notifications/notifications.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { idCursor, pageOf } from '../../../kernel/paging.ts';
import type { NotificationsParts } from '../parts.ts';

/** Whoever cannot read a conversation now gets no text of it, whatever the entries still hold. */
export async function handleListNotifications(
  { entries, lookups }: Pick<NotificationsParts, 'entries' | 'lookups'>,
  { filter, limit, cursor }: Input<typeof listNotifications>,
  context: Context,
): Promise<Output<typeof listNotifications>> {
  const { userId } = requireActor(context);
  const [found, unread] = await Promise.all([
    entries.list(userId, { before: idCursor(cursor), limit: limit + 1, only: filter }),
    entries.unread([userId]),
  ]);
  const conversationIds = found.flatMap(({ conversationId }) => conversationId ?? []);
  const { byId } = await lookups.conversations({ conversationIds, userIds: [userId] });
  const isReadable = (id: string | null): boolean => id === null || byId.get(id)?.members.has(userId) === true;
  const page = pageOf(found, {
    limit,
    present: (entry) => (isReadable(entry.conversationId) ? entry : { ...entry, text: '' }),
    cursor: ({ id }) => id,
  });
  return { ...page, unread: unread.get(userId) ?? 0 };
}
