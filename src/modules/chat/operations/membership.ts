import type { Member } from '../../../contracts/chat/entities.ts';
import { memberChanged, memberLeft, membersJoined } from '../../../contracts/chat/events.ts';
import { addMembers, changeMemberRole, joinConversation, listMembers, removeMember } from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import type { Transaction } from '../../../kernel/database/database.ts';
import { AppError, forbidden, notFound } from '../../../kernel/errors.ts';
import { type ConversationRow, memberColumns, presentHead } from '../adapters/rows.ts';
import { change, type ChatParts, isTeamAdmin } from '../parts.ts';
import { own, requirePeople, roleOf } from './conversations.ts';

const membersAtMost = 5_000;

/** Who is in a conversation, and who may do what there. */
export function membership(parts: ChatParts): Implementation[] {
  return [
    implement(listMembers, async ({ conversationId, limit, cursor }, context) => {
      await parts.memberships.require(conversationId, requireActor(context).userId);
      if (cursor !== undefined && !/^[0-9a-f-]{36}$/.test(cursor))
        throw new AppError('validation_failed', { detail: 'The cursor is not one of ours.' });
      const rows = await parts.kernel.database.query<Member & Record<string, unknown>>(
        `SELECT ${memberColumns} FROM chat.members WHERE conversation_id = $1 AND ($3::uuid IS NULL OR user_id > $3) ORDER BY user_id LIMIT $2`,
        [conversationId, limit + 1, cursor ?? null],
      );
      return { items: rows.slice(0, limit), nextCursor: rows.length > limit ? (rows[limit - 1]?.userId ?? null) : null };
    }),
    implement(addMembers, async ({ conversationId, userIds }, context) => {
      const { userId } = requireActor(context);
      await parts.memberships.require(conversationId, userId);
      await requirePeople(parts, [...new Set(userIds)], context);
      await change(parts, conversationId, async ({ tx, conversation }) => {
        const role = await roleOf(tx, conversationId, userId);
        if (conversation.kind === 'direct') throw forbidden('A direct conversation stays between two.');
        if (role === 'guest') throw forbidden('Guests do not bring people in.');
        await join(parts, { tx, conversation }, userIds);
      });
      return own(parts, conversationId, userId);
    }),
    implement(joinConversation, async ({ conversationId }, context) => {
      const { userId, role } = requireActor(context);
      await change(parts, conversationId, async ({ tx, conversation }) => {
        const isOpen = conversation.kind === 'channel' && conversation.visibility === 'public' && role !== 'guest';
        const members = await tx.query('SELECT 1 FROM chat.members WHERE conversation_id = $1 AND user_id = $2', [conversationId, userId]);
        if (members.length > 0) return;
        if (!isOpen) throw notFound();
        await join(parts, { tx, conversation }, [userId]);
      });
      return own(parts, conversationId, userId);
    }),
    implement(changeMemberRole, async ({ conversationId, userId, role }, context) => {
      const actor = requireActor(context);
      await parts.memberships.require(conversationId, actor.userId);
      return change(parts, conversationId, async ({ tx, conversation }) => {
        const mine = await roleOf(tx, conversationId, actor.userId);
        if (conversation.kind === 'direct') throw forbidden('A direct conversation has no roles.');
        if (mine !== 'owner' && !isTeamAdmin(context)) throw forbidden('Only an owner gives roles.');
        const before = await roleOf(tx, conversationId, userId);
        if (before === 'owner' && role !== 'owner') await requireAnotherOwner(tx, conversationId, userId);
        const [member] = await tx.query<Member & Record<string, unknown>>(
          `UPDATE chat.members SET role = $3 WHERE conversation_id = $1 AND user_id = $2 RETURNING ${memberColumns}`,
          [conversationId, userId, role],
        );
        const [head] = await bump(tx, conversationId, 0);
        if (!member || !head) throw notFound();
        tx.announce(memberChanged, { conversationId, rev: head.rev, member });
        return member;
      });
    }),
    implement(removeMember, async ({ conversationId, userId }, context) => {
      const actor = requireActor(context);
      await parts.memberships.require(conversationId, actor.userId);
      await change(parts, conversationId, async ({ tx, conversation }) => {
        const mine = await roleOf(tx, conversationId, actor.userId);
        if (conversation.kind === 'direct') throw forbidden('A direct conversation stays between two.');
        const theirs = await roleOf(tx, conversationId, userId);
        const mayRemove =
          userId === actor.userId ||
          mine === 'owner' ||
          isTeamAdmin(context) ||
          (mine === 'moderator' && theirs !== 'owner' && theirs !== 'moderator');
        if (!mayRemove) throw forbidden('Only owners and moderators take people out.');
        if (theirs === 'owner' && conversation.member_count > 1) await requireAnotherOwner(tx, conversationId, userId);
        await tx.query('DELETE FROM chat.members WHERE conversation_id = $1 AND user_id = $2', [conversationId, userId]);
        await tx.query('DELETE FROM chat.mentions WHERE conversation_id = $1 AND user_id = $2', [conversationId, userId]);
        const [head] = await bump(tx, conversationId, -1);
        if (head) tx.announce(memberLeft, { conversationId, rev: head.rev, userId });
      });
      return {};
    }),
  ];
}

/** Brings people in; those who are in already stay as they are. History before them counts as read. */
export async function join(
  { kernel }: ChatParts,
  { tx, conversation }: { tx: Transaction; conversation: ConversationRow },
  userIds: readonly string[],
): Promise<void> {
  if (conversation.member_count + userIds.length > membersAtMost)
    throw new AppError('conflict', { detail: `A conversation takes ${String(membersAtMost)} people.` });
  const members = await tx.query<Member & Record<string, unknown>>(
    `INSERT INTO chat.members (conversation_id, user_id, role, joined_at, last_read_seq)
     SELECT $1, u, 'member', $3, $4 FROM unnest($2::uuid[]) AS u ON CONFLICT DO NOTHING RETURNING ${memberColumns}`,
    [conversation.id, [...new Set(userIds)], kernel.clock.timestamp(), conversation.last_seq],
  );
  if (members.length === 0) return;
  const [head] = await bump(tx, conversation.id, members.length);
  if (head) tx.announce(membersJoined, { conversationId: conversation.id, rev: head.rev, members, conversation: presentHead(head) });
}

const bump = (tx: Transaction, conversationId: string, delta: number): Promise<ConversationRow[]> =>
  tx.query<ConversationRow>(
    'UPDATE chat.conversations SET rev = rev + 1, members_rev = members_rev + 1, member_count = member_count + $2 WHERE id = $1 RETURNING *',
    [conversationId, delta],
  );

async function requireAnotherOwner(tx: Transaction, conversationId: string, userId: string): Promise<void> {
  const others = await tx.query("SELECT 1 FROM chat.members WHERE conversation_id = $1 AND role = 'owner' AND user_id <> $2", [
    conversationId,
    userId,
  ]);
  if (others.length === 0) throw new AppError('last_owner', { detail: 'Make somebody else an owner first.' });
}
