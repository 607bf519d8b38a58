import * as contract from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { type ChatParts, readOwn } from '../parts.ts';
import { may, obey } from '../policy.ts';
import type { ConversationUpdate } from '../ports.ts';

export const updateConversation = (parts: ChatParts): Implementation =>
  implement(contract.updateConversation, async ({ conversationId, muted, name, topic, visibility }, context) => {
    const actor = requireActor(context);
    await parts.memberships.require(conversationId, actor.userId);
    const change: ConversationUpdate = {
      ...(name !== undefined && { name }),
      ...(topic !== undefined && { topic }),
      ...(visibility !== undefined && { visibility }),
    };
    if (Object.keys(change).length > 0)
      await parts.conversations.update(conversationId, ({ kind, roles }) => {
        obey(may('configure', { actor, kind, role: roles.get(actor.userId) ?? null }), context);
        return change;
      });
    if (muted !== undefined && !(await parts.members.mute(conversationId, actor.userId, muted))) throw notFound();
    return readOwn(parts, conversationId, actor.userId);
  });
