import type { ConversationChanges, Message } from '../../../contracts/chat/entities.ts';
import * as contract from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { pageSize, plan } from '../domain/catching-up.ts';
import type { ChatParts } from '../parts.ts';
import { presentConversation } from '../present.ts';

/** Everything missed, in two reads whatever the number of conversations. */
export const sync = ({ conversations, messages }: ChatParts): Implementation =>
  implement(contract.sync, async ({ revs }, context) => {
    const mine = await conversations.everyOwn(requireActor(context).userId);
    const { differing, behind, ahead, removed } = plan(mine, new Map(Object.entries(revs)));
    const size = pageSize(behind.length);
    // Not bounded by the rev each conversation was read with: a missed message that somebody reacts to between the two
    // reads would lie above it, and the event of that reaction does not bring its text. It is only fresher than `uptoRev`.
    const found = await messages.changesSince(behind, size + 1);
    const changes: Record<string, ConversationChanges> = {};
    for (const { conversationId, upto } of behind) changes[conversationId] = changesOf(found.get(conversationId) ?? [], { upto, size });
    for (const { id, rev } of ahead) changes[id] = { messages: [], uptoRev: rev, more: false, reset: true };
    return {
      conversations: differing.map((own) => presentConversation(own)),
      removed,
      changes,
      reads: Object.fromEntries(mine.map(({ head, lastReadSeq }) => [head.id, lastReadSeq])),
      muted: mine.filter((own) => own.muted).map(({ head }) => head.id),
    };
  });

function changesOf(found: readonly Message[], { upto, size }: { upto: number; size: number }): ConversationChanges {
  const page = found.slice(0, size);
  const more = found.length > size;
  return { messages: page, uptoRev: more ? Math.min(page.at(-1)?.rev ?? upto, upto) : upto, more, reset: false };
}
