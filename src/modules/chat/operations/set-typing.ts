import { typing } from '../../../contracts/chat/typing.ts';
import * as contract from '../../../contracts/chat/typing.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { systemContext, requireActor } from '../../../kernel/context.ts';
import { readPresence } from '../../../contracts/presence/statuses.ts';
import type { BusCaller } from '../../../kernel/bus/bus.ts';
import type { ChatParts } from '../parts.ts';

export const setTyping = ({ memberships, bus }: ChatParts): Implementation =>
  implement(contract.setTyping, async ({ conversationId, typing: isTyping }, context) => {
    const { userId } = requireActor(context);
    await memberships.require(conversationId, userId);
    if (!(await isSeen(bus, userId))) return {};
    bus.signal(typing, { conversationId, userId, typing: isTyping });
    return {};
  });

/** Somebody who types is there. One who shows as offline chose not to be seen; where nobody can say, a mark is not worth the risk. */
async function isSeen(bus: BusCaller, userId: string): Promise<boolean> {
  const shown = await bus.call(readPresence, { userIds: [userId] }, systemContext()).catch(() => null);
  return shown?.items[0]?.status !== undefined && shown.items[0].status !== 'offline';
}
