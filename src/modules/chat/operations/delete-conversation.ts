import * as contract from '../../../contracts/chat/conversations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { conversationRemoved } from '../events.ts';
import type { ChatParts } from '../parts.ts';
import { can, authorize } from '../policy.ts';

export const deleteConversation = ({ conversations, memberships, departures }: ChatParts): Implementation =>
  implement(contract.deleteConversation, async ({ conversationId }, context) => {
    const actor = requireActor(context);
    await memberships.require(conversationId, actor.userId);
    await conversations.remove(conversationId, (membership) => {
      authorize(can('administer', { actor, kind: membership.kind, role: membership.roles.get(actor.userId) ?? null }), context);
      return conversationRemoved(conversationId, membership);
    });
    await departures.forget(conversationId);
    return {};
  });
