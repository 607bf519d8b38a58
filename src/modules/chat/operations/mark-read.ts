import { chatSettings } from '../../../contracts/chat/team-settings.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/read-state.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { readMoved } from '../events.ts';
import type { ChatParts } from '../parts.ts';

export async function handleMarkRead(
  { members, memberships, settings }: ChatParts,
  { conversationId, seq }: Input<typeof contract.markRead>,
  context: Context,
): Promise<Output<typeof contract.markRead>> {
  const { userId } = requireActor(context);
  await memberships.require(conversationId, userId);
  const event = readMoved({ conversationId, userId, receipts: settings.of(chatSettings).readReceipts });
  const marks = await members.markRead(conversationId, userId, { seq, event });
  if (!marks) throw notFound();
  return { conversationId, lastReadSeq: marks.lastReadSeq, unread: marks.lastSeq - marks.lastReadSeq };
}
