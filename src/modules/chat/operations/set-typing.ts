import type { Input, Output } from '../../../contracts/define.ts';
import { typing } from '../../../contracts/chat/typing.ts';
import type * as contract from '../../../contracts/chat/typing.ts';
import { type Context, systemContext, requireActor } from '../../../kernel/context.ts';
import { readPresence } from '../../../contracts/presence/statuses.ts';
import type { BusCaller } from '../../../kernel/bus/bus.ts';
import type { ChatParts } from '../parts.ts';

export async function handleSetTyping(
  { memberships, bus }: ChatParts,
  { conversationId, typing: isTyping }: Input<typeof contract.setTyping>,
  context: Context,
): Promise<Output<typeof contract.setTyping>> {
  const { userId } = requireActor(context);
  await memberships.require(conversationId, userId);
  if (!(await isSeen(bus, userId))) return {};
  bus.signal(typing, { conversationId, userId, typing: isTyping });
  return {};
}

/** Typing shows that somebody is online, so people who show as offline send none; where presence does not answer, none is sent either. */
async function isSeen(bus: BusCaller, userId: string): Promise<boolean> {
  const shown = await bus.call(readPresence, { userIds: [userId] }, systemContext()).catch(() => null);
  return shown?.items[0]?.status !== undefined && shown.items[0].status !== 'offline';
}
