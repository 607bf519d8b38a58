import { resolveUsernames } from '../../../contracts/auth/operations.ts';
import type { Message } from '../../../contracts/chat/entities.ts';
import { messageUpdated, typing } from '../../../contracts/chat/events.ts';
import { sendMessage, setTyping } from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import type { Membership } from '../adapters/memberships.ts';
import { StaleAuthorisation } from '../adapters/message-log.ts';
import { type MessageRow, presentMessage } from '../adapters/rows.ts';
import { namesIn } from '../domain/mentions.ts';
import { change, type ChatParts } from '../parts.ts';

const triesAtMost = 5;

/** Sending a message, the hot path, and showing that one is being written. */
export function sending(parts: ChatParts): Implementation[] {
  const { memberships, log, kernel } = parts;
  return [
    implement(sendMessage, async (input, context) => {
      const { userId } = requireActor(context);
      const replyTo = input.replyTo ?? null;
      const threadRootId = input.threadRootId ?? null;
      if (replyTo !== null || threadRootId !== null) await requireReferences(parts, input.conversationId, [replyTo, threadRootId]);
      for (let tries = 0; tries < triesAtMost; tries++) {
        const membership = await memberships.require(input.conversationId, userId);
        const mentions = input.text.includes('@') ? await mentioned(parts, { text: input.text, membership, userId, context }) : [];
        try {
          const message = await log.append({
            id: newId(),
            conversationId: input.conversationId,
            membersRev: membership.membersRev,
            senderId: userId,
            clientMessageId: input.clientMessageId,
            text: input.text,
            replyTo,
            threadRootId,
            mentions,
            createdAt: kernel.clock.timestamp(),
          });
          if (threadRootId !== null) await countReplies(parts, input.conversationId, threadRootId);
          return message;
        } catch (error) {
          if (!(error instanceof StaleAuthorisation)) throw error;
          memberships.forget(input.conversationId);
        }
      }
      throw new AppError('unavailable', { detail: 'The conversation is changing; try again.', retryAfter: 1 });
    }),
    implement(setTyping, async ({ conversationId, typing: isTyping }, context) => {
      const { userId } = requireActor(context);
      await memberships.require(conversationId, userId);
      kernel.bus.signal(typing, { conversationId, userId, typing: isTyping });
      return {};
    }),
  ];
}

async function requireReferences({ kernel }: ChatParts, conversationId: string, ids: readonly (string | null)[]): Promise<void> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const rows = await kernel.database.query('SELECT id FROM chat.messages WHERE conversation_id = $1 AND id = ANY($2::uuid[])', [
    conversationId,
    wanted,
  ]);
  if (rows.length < wanted.length)
    throw new AppError('validation_failed', { detail: 'replyTo and threadRootId must name messages of this conversation.' });
}

/** Members named in a text; the sender is not told of their own words. */
async function mentioned(
  { kernel }: ChatParts,
  { text, membership, userId, context }: { text: string; membership: Membership; userId: string; context: Context },
): Promise<string[]> {
  const { names, all } = namesIn(text);
  if (all) return [...membership.roles.keys()].filter((id) => id !== userId);
  if (names.length === 0) return [];
  const { items } = await kernel.bus.call(resolveUsernames, { usernames: names }, context);
  return items.map((item) => item.userId).filter((id) => id !== userId && membership.roles.has(id));
}

/** The count is counted, not added, so that a crash between the two writes heals with the next reply. */
async function countReplies(parts: ChatParts, conversationId: string, rootId: string): Promise<Message | null> {
  return change(parts, conversationId, async ({ tx }) => {
    const [row] = await tx.query<MessageRow>(
      `WITH head AS (UPDATE chat.conversations SET rev = rev + 1 WHERE id = $1
         AND EXISTS (SELECT 1 FROM chat.messages WHERE id = $2 AND thread_count <> (SELECT count(*) FROM chat.messages WHERE conversation_id = $1 AND thread_root_id = $2))
         RETURNING rev)
       UPDATE chat.messages m SET rev = head.rev, thread_count = (SELECT count(*) FROM chat.messages WHERE conversation_id = $1 AND thread_root_id = $2)
       FROM head WHERE m.id = $2 RETURNING m.*`,
      [conversationId, rootId],
    );
    if (!row) return null;
    const message = presentMessage(row);
    tx.announce(messageUpdated, { message });
    return message;
  });
}
