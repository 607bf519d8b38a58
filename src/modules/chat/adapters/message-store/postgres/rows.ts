import type { ConversationHead, ConversationKind, Member, MemberRole, Visibility } from '../../../../../contracts/chat/conversations.ts';
import type { Queryable } from '../../../../../kernel/database.ts';
import { mentionsShown, previewOf, reactionBytesShown, textRead } from '../../../domain/previews.ts';
import type { Membership, OwnConversation } from '../../../ports.ts';
import { messageOf, type MessageRow, selected } from './message-columns.ts';

export interface ConversationRow extends Record<string, unknown> {
  id: string;
  kind: ConversationKind;
  name: string | null;
  topic: string | null;
  avatar_url: string | null;
  visibility: Visibility;
  direct_key: string | null;
  last_seq: number;
  rev: number;
  members_rev: number;
  member_count: number;
  last_message_at: string | null;
  created_by: string;
  created_at: string;
}

/** A conversation as one person has it. */
export interface OwnConversationRow extends ConversationRow {
  my_role: MemberRole | null;
  last_read_seq: number | null;
  muted: boolean | null;
  unread_mentions: number;
  last_message: (MessageRow & { is_cut: boolean | null }) | null;
}

export type MemberRow = Member & Record<string, unknown>;

export const headOf = (row: ConversationRow): ConversationHead => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  topic: row.topic,
  avatarUrl: row.avatar_url,
  visibility: row.visibility,
  lastSeq: row.last_seq,
  rev: row.rev,
  memberCount: row.member_count,
  peerIds: row.direct_key === null ? null : [...new Set(row.direct_key.split(':'))],
  createdBy: row.created_by,
  createdAt: row.created_at,
});

export const ownOf = (row: OwnConversationRow): OwnConversation => ({
  head: headOf(row),
  role: row.my_role,
  lastReadSeq: row.last_read_seq ?? 0,
  muted: row.muted ?? false,
  unreadMentions: row.unread_mentions,
  lastMessage: row.last_message && previewOf(messageOf(row.last_message), row.last_message.is_cut ?? false),
  activeAt: row.last_message_at ?? row.created_at,
});

/** Up to where member `m` of conversation `c` has read; who wrote last has read their own message. */
export const readMarkOf = 'GREATEST(m.last_read_seq, CASE WHEN c.last_sender_id = m.user_id THEN c.last_sender_seq END)';

/** Of the last message no more is read than its preview shows. */
const lastMessage = `SELECT ${selected('l', {
  text: `left(l.text, ${String(textRead)})`,
  mentions: `l.mentions[1:${String(mentionsShown)}]`,
  reactions: `CASE WHEN pg_column_size(l.reactions) <= ${String(reactionBytesShown)} THEN l.reactions END`,
})}, (cardinality(l.mentions) > ${String(mentionsShown)} OR pg_column_size(l.reactions) > ${String(reactionBytesShown)}) AS is_cut
  FROM chat.messages l WHERE l.conversation_id = c.id AND l.seq = c.last_seq`;

/** Conversations of user $1 with everything the user sees of them; add a WHERE. */
export const ownConversations = `SELECT c.*, m.role AS my_role, ${readMarkOf} AS last_read_seq, m.muted, to_jsonb(l) AS last_message,
    (SELECT count(*) FROM chat.mentions x WHERE x.user_id = $1 AND x.conversation_id = c.id AND x.seq > ${readMarkOf}) AS unread_mentions
  FROM chat.conversations c LEFT JOIN chat.members m ON m.conversation_id = c.id AND m.user_id = $1
  LEFT JOIN LATERAL (${lastMessage}) l ON true`;

export const memberColumns = `m.user_id AS "userId", m.role, m.joined_at AS "joinedAt",
  (SELECT ${readMarkOf} FROM chat.conversations c WHERE c.id = m.conversation_id) AS "lastReadSeq"`;

export async function readMembership(on: Queryable, conversationId: string): Promise<Membership | null> {
  const [row] = await on.query<{
    members_rev: number;
    kind: ConversationKind;
    visibility: Visibility;
    members: Record<string, MemberRole> | null;
  }>(
    `SELECT c.members_rev, c.kind, c.visibility, (SELECT jsonb_object_agg(m.user_id, m.role) FROM chat.members m WHERE m.conversation_id = c.id) AS members
     FROM chat.conversations c WHERE c.id = $1`,
    [conversationId],
    'chat.membership',
  );
  if (!row) return null;
  return { membersRev: row.members_rev, kind: row.kind, visibility: row.visibility, roles: new Map(Object.entries(row.members ?? {})) };
}
