import { readUsers } from '../../../contracts/auth/operations.ts';
import type { Conversation, MemberRole } from '../../../contracts/chat/entities.ts';
import { conversationCreated, conversationRemoved, conversationUpdated, muteChanged } from '../../../contracts/chat/events.ts';
import {
  browseChannels,
  createConversation,
  deleteConversation,
  getConversation,
  listConversations,
  updateConversation,
} from '../../../contracts/chat/operations.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { type Actor, type Context, requireActor } from '../../../kernel/context.ts';
import type { Transaction } from '../../../kernel/database/database.ts';
import { AppError, forbidden, notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import {
  type ConversationRow,
  memberColumns,
  type OwnConversationRow,
  ownConversations,
  presentConversation,
  presentHead,
} from '../adapters/rows.ts';
import { change, type ChatParts, isTeamAdmin } from '../parts.ts';
import { nextRev } from './changing.ts';
import type { Member } from '../../../contracts/chat/entities.ts';

/** Conversations as their members have them. */
export function conversations(parts: ChatParts): Implementation[] {
  const { kernel } = parts;
  return [
    implement(createConversation, async (input, context) => {
      const actor = requireActor(context);
      const memberIds = [...new Set([actor.userId, ...input.memberIds])];
      requireShape(actor, { ...input, memberIds });
      await requirePeople(parts, memberIds, context);
      const id = await create(parts, { ...input, memberIds, creatorId: actor.userId });
      return own(parts, id, actor.userId);
    }),
    implement(listConversations, async ({ limit, cursor }, context) => {
      const { userId } = requireActor(context);
      const rows = await kernel.database.query<OwnConversationRow>(
        `${ownConversations} WHERE m.user_id = $1 AND ($3::timestamptz IS NULL OR (COALESCE(c.last_message_at, c.created_at), c.id) < ($3, $4::uuid))
         ORDER BY COALESCE(c.last_message_at, c.created_at) DESC, c.id DESC LIMIT $2`,
        [userId, limit + 1, ...cursorParts(cursor)],
      );
      const last = rows[limit - 1];
      const more = rows.length > limit && last;
      return {
        items: rows.slice(0, limit).map((row) => presentConversation(row)),
        nextCursor: more ? Buffer.from(`${last.last_message_at ?? last.created_at} ${last.id}`).toString('base64url') : null,
      };
    }),
    implement(browseChannels, async ({ query, limit, cursor }, context) => {
      const actor = requireActor(context);
      if (actor.role === 'guest') return { items: [], nextCursor: null };
      const offset = Number(cursor ?? 0);
      if (!Number.isSafeInteger(offset) || offset < 0 || offset > 100_000)
        throw new AppError('validation_failed', { detail: 'The cursor is not one of ours.' });
      const rows = await kernel.database.query<OwnConversationRow>(
        `${ownConversations} WHERE c.kind = 'channel' AND c.visibility = 'public' AND position($2 IN lower(c.name)) > 0 ORDER BY lower(c.name), c.id LIMIT $3 OFFSET $4`,
        [actor.userId, query.toLowerCase(), limit + 1, offset],
      );
      return {
        items: rows.slice(0, limit).map((row) => presentConversation(row)),
        nextCursor: rows.length > limit ? String(offset + limit) : null,
      };
    }),
    implement(getConversation, ({ conversationId }, context) => own(parts, conversationId, requireActor(context).userId)),
    implement(updateConversation, async ({ conversationId, muted, ...shared }, context) => {
      const { userId } = requireActor(context);
      await parts.memberships.require(conversationId, userId);
      await change(parts, conversationId, async ({ tx, conversation }) => {
        const role = await roleOf(tx, conversationId, userId);
        if (muted !== undefined) {
          await tx.query('UPDATE chat.members SET muted = $3 WHERE conversation_id = $1 AND user_id = $2', [conversationId, userId, muted]);
          tx.announce(muteChanged, { conversationId, userId, muted });
        }
        if (Object.values(shared).every((value) => value === undefined)) return;
        if (conversation.kind === 'direct') throw forbidden('A direct conversation has no name of its own.');
        if (role !== 'owner' && role !== 'moderator' && !isTeamAdmin(context))
          throw forbidden('Only owners and moderators change a conversation.');
        const rev = await nextRev(tx, conversationId);
        const [row] = await tx.query<ConversationRow>(
          'UPDATE chat.conversations SET name = $2, topic = $3, visibility = $4, members_rev = members_rev + 1 WHERE id = $1 RETURNING *',
          [
            conversationId,
            shared.name ?? conversation.name,
            shared.topic === undefined ? conversation.topic : shared.topic,
            shared.visibility ?? conversation.visibility,
          ],
        );
        if (row) tx.announce(conversationUpdated, { conversation: { ...presentHead(row), rev } });
      });
      return own(parts, conversationId, userId);
    }),
    implement(deleteConversation, async ({ conversationId }, context) => {
      const { userId } = requireActor(context);
      await parts.memberships.require(conversationId, userId);
      await change(parts, conversationId, async ({ tx, conversation }) => {
        const role = await roleOf(tx, conversationId, userId);
        if (conversation.kind === 'direct') throw forbidden('A direct conversation cannot be removed.');
        if (role !== 'owner' && !isTeamAdmin(context)) throw forbidden('Only an owner removes a conversation.');
        const members = await tx.query<{ user_id: string }>('SELECT user_id FROM chat.members WHERE conversation_id = $1', [
          conversationId,
        ]);
        await tx.query('DELETE FROM chat.message_edits WHERE message_id IN (SELECT id FROM chat.messages WHERE conversation_id = $1)', [
          conversationId,
        ]);
        for (const table of ['message_terms', 'index_marks', 'mentions', 'messages'])
          await tx.query(`DELETE FROM chat.${table} WHERE conversation_id = $1`, [conversationId]);
        await tx.query('DELETE FROM chat.conversations WHERE id = $1', [conversationId]);
        tx.announce(conversationRemoved, { conversationId, memberIds: members.map((member) => member.user_id) });
      });
      return {};
    }),
  ];
}

/** A conversation with its members as `userId` has it; public channels are seen before they are joined. */
export async function own({ kernel }: ChatParts, conversationId: string, userId: string): Promise<Conversation> {
  const [row] = await kernel.database.query<OwnConversationRow>(`${ownConversations} WHERE c.id = $2 AND m.user_id IS NOT NULL`, [
    userId,
    conversationId,
  ]);
  if (!row) throw notFound();
  const members = await kernel.database.query<Member & Record<string, unknown>>(
    `SELECT ${memberColumns} FROM chat.members WHERE conversation_id = $1 ORDER BY joined_at, user_id LIMIT 1000`,
    [conversationId],
  );
  return presentConversation(row, members);
}

export async function roleOf(tx: Transaction, conversationId: string, userId: string): Promise<MemberRole> {
  const [row] = await tx.query<{ role: MemberRole }>('SELECT role FROM chat.members WHERE conversation_id = $1 AND user_id = $2', [
    conversationId,
    userId,
  ]);
  if (!row) throw notFound();
  return row.role;
}

export async function requirePeople({ kernel }: ChatParts, userIds: readonly string[], context: Context): Promise<void> {
  const found = new Set<string>();
  for (let at = 0; at < userIds.length; at += 1000) {
    const { items } = await kernel.bus.call(readUsers, { userIds: userIds.slice(at, at + 1000) }, context);
    for (const user of items) found.add(user.id);
  }
  if (userIds.some((id) => !found.has(id))) throw notFound('One of these people does not exist.');
}

interface NewConversation {
  readonly kind: 'direct' | 'group' | 'channel';
  readonly name?: string | undefined;
  readonly topic?: string | undefined;
  readonly visibility?: 'public' | 'private' | undefined;
  readonly memberIds: readonly string[];
  readonly creatorId: string;
  readonly slot?: string;
}

function requireShape(
  actor: Actor,
  {
    kind,
    name,
    memberIds,
    visibility,
  }: { kind: string; name?: string | undefined; memberIds: readonly string[]; visibility?: string | undefined },
): void {
  const refuse = (path: string, message: string) =>
    new AppError('validation_failed', { detail: `${path}: ${message}`, errors: [{ path, message }] });
  if (kind === 'direct' && memberIds.length > 2) throw refuse('memberIds', 'a direct conversation has one other person');
  if (kind === 'direct' && visibility === 'public') throw refuse('visibility', 'a direct conversation is private');
  if (kind === 'channel' && name === undefined) throw refuse('name', 'a channel needs a name');
  if (actor.role === 'guest' && kind === 'channel') throw forbidden('Guests do not open channels.');
}

/** The id of the new conversation, or of the one these two people have already. */
export async function create(
  { kernel }: ChatParts,
  { kind, name, topic, visibility, memberIds, creatorId, slot }: NewConversation,
): Promise<string> {
  const id = newId();
  const now = kernel.clock.timestamp();
  const directKey = kind === 'direct' ? [memberIds[0], memberIds[1] ?? memberIds[0]].sort().join(':') : null;
  return kernel.database.transaction(async (tx) => {
    const [row] = await tx.query<ConversationRow>(
      `INSERT INTO chat.conversations (id, kind, name, topic, visibility, direct_key, slot, rev, member_count, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING *`,
      [
        id,
        kind,
        kind === 'direct' ? null : (name ?? null),
        topic ?? null,
        visibility ?? (kind === 'channel' ? 'public' : 'private'),
        directKey,
        slot ?? null,
        memberIds.length,
        creatorId,
        now,
      ],
    );
    if (!row) {
      const [existing] = await tx.query<{ id: string }>('SELECT id FROM chat.conversations WHERE direct_key = $1 OR slot = $2', [
        directKey,
        slot ?? null,
      ]);
      if (!existing) throw new AppError('conflict', { detail: 'The conversation was being made just now; try again.' });
      return existing.id;
    }
    await tx.query(
      `INSERT INTO chat.members (conversation_id, user_id, role, joined_at)
       SELECT $1, u, CASE WHEN u = $3 AND NOT $5 THEN 'owner' ELSE 'member' END, $4 FROM unnest($2::uuid[]) AS u`,
      [id, memberIds, creatorId, now, kind === 'direct'],
    );
    tx.announce(conversationCreated, { conversation: presentHead(row), memberIds: [...memberIds] });
    return id;
  });
}

function cursorParts(cursor: string | undefined): [string | null, string | null] {
  if (cursor === undefined) return [null, null];
  const [at, id] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at ?? '') || Number.isNaN(Date.parse(at ?? '')) || !/^[0-9a-f-]{36}$/.test(id ?? ''))
    throw new AppError('validation_failed', { detail: 'The cursor is not one of ours.' });
  return [at ?? null, id ?? null];
}
