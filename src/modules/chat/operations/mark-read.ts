import * as contract from '../../../contracts/chat/read-state.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { readMoved } from '../events.ts';
import type { ChatParts } from '../parts.ts';

export const markRead = ({ members, memberships, settings }: ChatParts): Implementation =>
  implement(contract.markRead, async ({ conversationId, seq }, context) => {
    const { userId } = requireActor(context);
    await memberships.require(conversationId, userId);
    const event = readMoved({ conversationId, userId, receipts: settings.current().readReceipts });
    const marks = await members.markRead(conversationId, userId, { seq, event });
    if (!marks) throw notFound();
    return { conversationId, lastReadSeq: marks.lastReadSeq, unread: marks.lastSeq - marks.lastReadSeq };
  });
