import { type Row, type Queryable } from '../../../../kernel/database.ts';
import { alias, writtenSince } from '../../../../promote/tables.ts';
import { keysOf } from '../message-store/mongo/conversations.ts';
import { type ConversationDocument, type EditDocument, type MemberDocument, memberId } from '../message-store/mongo/documents.ts';
import { documentOf, type MessageDocument } from '../message-store/mongo/message-fields.ts';
import { withTerms } from '../message-store/mongo/pending-writes.ts';
import { messageOf, type MessageRow } from '../message-store/postgres/message-columns.ts';
import { type ConversationRow } from '../message-store/postgres/rows.ts';

/** A part of a conversation's messages: those above `after` up to `upTo`, by their rev or by their seq. */
export interface SeqRange {
  readonly conversationId: string;
  readonly after: number;
  readonly upTo: number;
}

type HeadRow = ConversationRow & { slot: string | null; last_message_id: string | null; last_sender_id: string | null };

interface MemberRow extends Row {
  conversation_id: string;
  user_id: string;
  role: NonNullable<MemberDocument['role']>;
  joined_at: string;
  last_read_seq: number;
  muted: boolean;
}

interface EditRow extends Row {
  message_id: string;
  conversation_id: string;
  rev: number;
  text: string;
  ended_at: string;
}

/** What PostgreSQL holds of the conversations, as the documents that MongoDB is to hold. */
export class Source {
  readonly #from: Queryable;

  constructor(from: Queryable) {
    this.#from = from;
  }

  /** All of them at one instant, so that no two have the same direct key or slot. */
  async conversations(): Promise<ConversationDocument[]> {
    const rows = await this.#from.query<HeadRow>(
      `SELECT c.*, (SELECT l.id FROM chat.messages l WHERE l.conversation_id = c.id AND l.seq = c.last_seq) AS last_message_id
       FROM chat.conversations c ORDER BY c.id`,
    );
    return rows.map(conversationOf);
  }

  async members(conversationIds: readonly string[]): Promise<MemberDocument[]> {
    const rows = await this.#from.query<MemberRow>('SELECT * FROM chat.members WHERE conversation_id = ANY ($1::uuid[])', [
      conversationIds,
    ]);
    return rows.map(memberDocumentOf);
  }

  /** Conversations of which a transaction from `since` on has written a member: marks and muting take no rev. */
  async withFreshMembers(since: string): Promise<string[]> {
    const rows = await this.#from.query<{ id: string }>(
      `SELECT DISTINCT conversation_id AS id FROM chat.members ${alias} WHERE ${writtenSince('$1')}`,
      [since],
    );
    return rows.map(({ id }) => id);
  }

  async messages(by: 'rev' | 'seq', ranges: readonly SeqRange[]): Promise<MessageDocument[]> {
    const rows = await this.#in<MessageRow>(ranges, `SELECT m.* FROM ${joinedRanges(by)}`);
    return rows.map((row) => {
      const document = documentOf(messageOf(row));
      return document.deletedAt ? document : withTerms(document);
    });
  }

  async edits(by: 'rev' | 'seq', ranges: readonly SeqRange[]): Promise<EditDocument[]> {
    const text = `SELECT e.*, m.conversation_id FROM ${joinedRanges(by)} JOIN chat.message_edits e ON e.message_id = m.id`;
    const rows = await this.#in<EditRow>(ranges, text);
    return rows.map((row) => ({
      _id: `${row.message_id}:${String(row.rev)}`,
      conversationId: row.conversation_id,
      messageId: row.message_id,
      rev: row.rev,
      text: row.text,
      endedAt: new Date(row.ended_at),
    }));
  }

  /** Ordinals of the ranges of `width` seqs in which a message has taken a rev above `rev`. */
  async touched(conversationId: string, rev: number, width: number): Promise<number[]> {
    const rows = await this.#from.query<{ place: number }>(
      'SELECT DISTINCT (seq - 1) / $3::bigint AS place FROM chat.messages WHERE conversation_id = $1 AND rev > $2',
      [conversationId, rev, width],
    );
    return rows.map(({ place }) => place);
  }

  async #in<R extends Row>(ranges: readonly SeqRange[], text: string): Promise<R[]> {
    return this.#from.query<R>(text, [
      ranges.map(({ conversationId }) => conversationId),
      ranges.map(({ after }) => after),
      ranges.map(({ upTo }) => upTo),
    ]);
  }
}

const joinedRanges = (by: 'rev' | 'seq'): string => `unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS k(id, after, up_to)
  JOIN chat.messages m ON m.conversation_id = k.id AND m.${by} > k.after AND m.${by} <= k.up_to`;

const conversationOf = (row: HeadRow): ConversationDocument => ({
  _id: row.id,
  kind: row.kind,
  name: row.name,
  ...keysOf(row.name),
  topic: row.topic,
  avatarUrl: row.avatar_url,
  visibility: row.visibility,
  ...(row.direct_key === null ? {} : { directKey: row.direct_key }),
  ...(row.slot === null ? {} : { slot: row.slot }),
  lastSeq: row.last_seq,
  rev: row.rev,
  membersRev: row.members_rev,
  memberCount: row.member_count,
  lastMessageId: row.last_message_id,
  lastSenderId: row.last_sender_id,
  activeAt: new Date(row.last_message_at ?? row.created_at),
  createdBy: row.created_by,
  createdAt: new Date(row.created_at),
  changeId: 'moved',
});

/** The rev guards against late writes of an earlier one, of which there are none: any change from now on has a greater. */
const memberDocumentOf = (row: MemberRow): MemberDocument => ({
  _id: memberId(row.conversation_id, row.user_id),
  conversationId: row.conversation_id,
  userId: row.user_id,
  role: row.role,
  rev: 0,
  joinedAt: new Date(row.joined_at),
  lastReadSeq: row.last_read_seq,
  muted: row.muted,
});
