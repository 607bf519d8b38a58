import type { Message, Reaction } from '../../../contracts/chat/entities.ts';
import { messageDeleted, messageUpdated, reactionChanged } from '../../../contracts/chat/events.ts';
import { addReaction, deleteMessage, editMessage, getMessage, removeReaction } from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import type { Transaction } from '../../../kernel/database/database.ts';
import { AppError, forbidden, notFound } from '../../../kernel/errors.ts';
import type { Membership } from '../adapters/memberships.ts';
import { type MessageRow, presentMessage } from '../adapters/rows.ts';
import { change, type ChatParts, isTeamAdmin } from '../parts.ts';

const emojiAtMost = 50;

interface Touched {
  readonly tx: Transaction;
  readonly row: MessageRow;
  readonly rev: number;
}

/** What happens to a message after it was sent. */
export function changing(parts: ChatParts): Implementation[] {
  const { kernel } = parts;
  const react = async (
    input: { messageId: string; emoji: string },
    context: Context,
    apply: (reactions: readonly Reaction[], userId: string) => Reaction[] | null,
  ) => {
    if (/[\p{Cc}\p{Cs}\s]/u.test(input.emoji)) throw new AppError('validation_failed', { detail: 'emoji: must be one emoji or its name' });
    const { userId } = requireActor(context);
    return touch(parts, input.messageId, context, async (membership, row, tx) => {
      if (!membership) throw notFound();
      if (row.deleted_at !== null) throw notFound();
      const reactions = apply(row.reactions ?? [], userId);
      if (!reactions) return { conversationId: row.conversation_id, messageId: row.id, rev: row.rev, reactions: row.reactions ?? [] };
      const rev = await nextRev(tx, row.conversation_id);
      await tx.query('UPDATE chat.messages SET rev = $2, reactions = $3::jsonb WHERE id = $1', [row.id, rev, JSON.stringify(reactions)]);
      const changed = { conversationId: row.conversation_id, messageId: row.id, rev, reactions };
      tx.announce(reactionChanged, changed);
      return changed;
    });
  };
  return [
    implement(getMessage, async ({ messageId }, context) => {
      const row = await find(parts, messageId);
      await parts.memberships.require(row.conversation_id, requireActor(context).userId);
      return presentMessage(row);
    }),
    implement(editMessage, ({ messageId, text }, context) =>
      touch(parts, messageId, context, async (_membership, row, tx) => {
        requireEditable(row, context, { window: kernel.settings.current().editWindow, now: kernel.clock.now() });
        if (row.text === text) return presentMessage(row);
        const rev = await nextRev(tx, row.conversation_id);
        const now = kernel.clock.timestamp();
        await tx.query('INSERT INTO chat.message_edits (message_id, rev, text, ended_at) VALUES ($1, $2, $3, $4)', [
          row.id,
          row.rev,
          row.text,
          now,
        ]);
        return updated(
          await tx.query<MessageRow>('UPDATE chat.messages SET rev = $2, text = $3, edited_at = $4 WHERE id = $1 RETURNING *', [
            row.id,
            rev,
            text,
            now,
          ]),
          (message) => {
            tx.announce(messageUpdated, { message });
          },
        );
      }),
    ),
    implement(deleteMessage, ({ messageId }, context) =>
      touch(parts, messageId, context, async (membership, row, tx) => {
        if (row.deleted_at !== null) return presentMessage(row);
        const role = membership.roles.get(requireActor(context).userId);
        const mayModerate = role === 'owner' || role === 'moderator' || isTeamAdmin(context);
        if (row.sender_id !== context.actor?.userId && !mayModerate) throw forbidden('Only the sender or a moderator deletes a message.');
        const rev = await nextRev(tx, row.conversation_id);
        await tx.query('DELETE FROM chat.mentions WHERE conversation_id = $1 AND seq = $2', [row.conversation_id, row.seq]);
        await tx.query('DELETE FROM chat.message_edits WHERE message_id = $1', [row.id]);
        const rows = await tx.query<MessageRow>(
          `UPDATE chat.messages SET rev = $2, text = '', mentions = NULL, reactions = NULL, pinned = false, deleted_at = $3 WHERE id = $1 RETURNING *`,
          [row.id, rev, kernel.clock.timestamp()],
        );
        return updated(rows, (message) => {
          tx.announce(messageDeleted, { message });
        });
      }),
    ),
    implement(addReaction, (input, context) =>
      react(input, context, (reactions, userId) => {
        const present = reactions.find(({ emoji }) => emoji === input.emoji);
        if (present?.userIds.includes(userId)) return null;
        if (present) return reactions.map((one) => (one === present ? { emoji: one.emoji, userIds: [...one.userIds, userId] } : one));
        if (reactions.length >= emojiAtMost)
          throw new AppError('conflict', { detail: `A message takes ${String(emojiAtMost)} different reactions.` });
        return [...reactions, { emoji: input.emoji, userIds: [userId] }];
      }),
    ),
    implement(removeReaction, (input, context) =>
      react(input, context, (reactions, userId) => {
        if (!reactions.some(({ emoji, userIds }) => emoji === input.emoji && userIds.includes(userId))) return null;
        return reactions
          .map((one) => (one.emoji === input.emoji ? { emoji: one.emoji, userIds: one.userIds.filter((id) => id !== userId) } : one))
          .filter(({ userIds }) => userIds.length > 0);
      }),
    ),
  ];
}

/** Reads a message the caller may see and changes it under its conversation's lock. */
async function touch<T>(
  parts: ChatParts,
  messageId: string,
  context: Context,
  work: (membership: Membership, row: MessageRow, tx: Touched['tx']) => Promise<T>,
): Promise<T> {
  const { conversation_id: conversationId } = await find(parts, messageId);
  const { userId } = requireActor(context);
  await parts.memberships.require(conversationId, userId);
  return change(parts, conversationId, async ({ tx, conversation }) => {
    const members = await tx.query<{ role: 'owner' | 'moderator' | 'member' | 'guest' }>(
      'SELECT role FROM chat.members WHERE conversation_id = $1 AND user_id = $2',
      [conversationId, userId],
    );
    const role = members[0]?.role;
    if (!role) throw notFound();
    const [row] = await tx.query<MessageRow>('SELECT * FROM chat.messages WHERE id = $1', [messageId]);
    if (!row) throw notFound();
    return work(
      {
        membersRev: conversation.members_rev,
        kind: conversation.kind,
        visibility: conversation.visibility,
        roles: new Map([[userId, role]]),
      },
      row,
      tx,
    );
  });
}

async function find({ kernel }: ChatParts, messageId: string): Promise<MessageRow> {
  const [row] = await kernel.database.query<MessageRow>('SELECT * FROM chat.messages WHERE id = $1', [messageId]);
  if (!row) throw notFound();
  return row;
}

export async function nextRev(tx: Transaction, conversationId: string): Promise<number> {
  const [row] = await tx.query<{ rev: number }>('UPDATE chat.conversations SET rev = rev + 1 WHERE id = $1 RETURNING rev', [
    conversationId,
  ]);
  return row?.rev ?? 0;
}

function requireEditable(row: MessageRow, context: Context, { window, now }: { window: number | null; now: number }): void {
  if (row.sender_id !== context.actor?.userId) throw forbidden('Only the sender edits a message.');
  if (row.deleted_at !== null) throw notFound();
  if (window !== null && now - Date.parse(row.created_at) > window * 1000) throw forbidden('The time to edit this message is over.');
}

function updated(rows: readonly MessageRow[], announce: (message: Message) => void): Message {
  const [row] = rows;
  if (!row) throw notFound();
  const message = presentMessage(row);
  announce(message);
  return message;
}
