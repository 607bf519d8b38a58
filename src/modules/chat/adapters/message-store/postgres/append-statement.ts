import type { StagedEvents } from '../../../../../kernel/outbox.ts';
import { int4s, int8s, uuids } from '../../../../../infra/postgres/binary-arrays.ts';
import type { Draft } from '../../../domain/drafts.ts';
import { arraysOf } from './message-columns.ts';

/** What the statement takes beside the drafts, by name and in this order. */
const parameters = {
  headIds: 'uuid[]',
  headCounts: 'int[]',
  membersRevs: 'bigint[]',
  lastSenderIds: 'uuid[]',
  lastMessageAt: 'timestamptz',
  mentionConversationIds: 'uuid[]',
  mentionOffsets: 'int[]',
  mentionedIds: 'uuid[]',
  readerConversationIds: 'uuid[]',
  readerIds: 'uuid[]',
  readerOffsets: 'int[]',
  offsets: 'int[]',
} as const;
type Parameter = keyof typeof parameters;
const names = Object.keys(parameters) as Parameter[];

/** The fields of a message that its draft gives; the others begin with what the column has by default. */
const drafted = arraysOf<Draft>([
  'id',
  'conversationId',
  'senderId',
  'clientMessageId',
  'text',
  'attachments',
  'replyTo',
  'threadRootId',
  'mentions',
  'createdAt',
]);

let built = { from: '', text: '' };

/**
 * One statement for a whole batch: the outbox row, the counters of each conversation whose authorisation version still
 * holds, the messages at their places, mentions, and the senders' read marks: the last sender's in the conversation's
 * row, the others' in their own. Answers the counters before the batch.
 */
export function appendText(staged: StagedEvents): string {
  if (built.from !== staged.text) built = { from: staged.text, text: build(staged) };
  return built.text;
}

function build(staged: StagedEvents): string {
  const at = (index: number, type: string): string => `$${String(staged.values.length + index + 1)}::${type}`;
  const $ = (name: Parameter): string => at(names.indexOf(name), parameters[name]);
  const columns = drafted.map(({ name }) => name).join(', ');
  const arrays = drafted.map(({ arrayType }, index) => at(names.length + index, arrayType)).join(', ');
  return `WITH staged AS (${staged.text}),
  heads AS (
    UPDATE chat.conversations c SET last_seq = c.last_seq + w.n, rev = c.rev + w.n, last_message_at = ${$('lastMessageAt')},
      former_sender_id = c.last_sender_id, former_sender_seq = c.last_sender_seq,
      last_sender_id = w.last_sender_id, last_sender_seq = c.last_seq + w.n
    FROM unnest(${$('headIds')}, ${$('headCounts')}, ${$('membersRevs')}, ${$('lastSenderIds')}) AS w(id, n, members_rev, last_sender_id)
    WHERE c.id = w.id AND c.members_rev = w.members_rev
    RETURNING c.id, c.last_seq - w.n AS seq0, c.rev - w.n AS rev0, c.last_sender_id, c.former_sender_id, c.former_sender_seq
  ),
  written AS (
    INSERT INTO chat.messages (seq, rev, ${columns})
    SELECT h.seq0 + d.n, h.rev0 + d.n, ${drafted.map(({ name, type }) => `d.${name}::${type}`).join(', ')}
    FROM unnest(${$('offsets')}, ${arrays}) AS d(n, ${columns})
    JOIN heads h ON h.id = d.conversation_id
  ),
  mentioned AS (
    INSERT INTO chat.mentions (user_id, conversation_id, seq)
    SELECT t.user_id, h.id, h.seq0 + t.n
    FROM unnest(${$('mentionConversationIds')}, ${$('mentionOffsets')}, ${$('mentionedIds')}) AS t(conversation_id, n, user_id)
    JOIN heads h ON h.id = t.conversation_id
  ),
  marked AS (
    UPDATE chat.members m SET last_read_seq = GREATEST(m.last_read_seq, r.seq)
    FROM (
      SELECT conversation_id, user_id, max(seq) AS seq FROM (
        SELECT h.id, h.former_sender_id, h.former_sender_seq FROM heads h WHERE h.former_sender_id <> h.last_sender_id
        UNION ALL
        SELECT h.id, w.user_id, h.seq0 + w.n
        FROM unnest(${$('readerConversationIds')}, ${$('readerIds')}, ${$('readerOffsets')}) AS w(conversation_id, user_id, n)
        JOIN heads h ON h.id = w.conversation_id
      ) AS every(conversation_id, user_id, seq) GROUP BY conversation_id, user_id
    ) AS r
    WHERE m.conversation_id = r.conversation_id AND m.user_id = r.user_id
  )
  SELECT id, seq0, rev0 FROM heads`;
}

export function appendValues(staged: StagedEvents, drafts: readonly Draft[]): unknown[] {
  const values = valuesOf(drafts);
  return [...staged.values, ...names.map((name) => values[name]), ...drafted.map(({ encode }) => encode(drafts))];
}

function valuesOf(drafts: readonly Draft[]): Readonly<Record<Parameter, unknown>> {
  const counts = new Map<string, { n: number; membersRev: number; lastSenderId: string }>();
  /** Of those who did not write last. */
  const marks = new Map<string, { conversationId: string; senderId: string; n: number }>();
  const offsets: number[] = [];
  const mentions: { conversationId: string; n: number; userId: string }[] = [];
  for (const { conversationId, membersRev, senderId, mentions: named } of drafts) {
    const count = counts.get(conversationId) ?? { n: 0, membersRev, lastSenderId: senderId };
    if (count.lastSenderId !== senderId) {
      marks.set(conversationId + count.lastSenderId, { conversationId, senderId: count.lastSenderId, n: count.n });
      count.lastSenderId = senderId;
    }
    count.n++;
    // The oldest authorisation counts: one draft that was authorised before a change of the members makes all of them be authorised again.
    count.membersRev = Math.min(count.membersRev, membersRev);
    counts.set(conversationId, count);
    offsets.push(count.n);
    for (const userId of named) mentions.push({ conversationId, n: count.n, userId });
  }
  // In one order everywhere, so that batches of two nodes do not deadlock.
  const heads = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
  const readers = [...marks.values()];
  return {
    headIds: uuids(heads.map(([id]) => id)),
    headCounts: int4s(heads.map(([, { n }]) => n)),
    membersRevs: int8s(heads.map(([, { membersRev }]) => membersRev)),
    lastSenderIds: uuids(heads.map(([, { lastSenderId }]) => lastSenderId)),
    lastMessageAt: drafts.at(-1)?.createdAt ?? null,
    mentionConversationIds: uuids(mentions.map(({ conversationId }) => conversationId)),
    mentionOffsets: int4s(mentions.map(({ n }) => n)),
    mentionedIds: uuids(mentions.map(({ userId }) => userId)),
    readerConversationIds: uuids(readers.map(({ conversationId }) => conversationId)),
    readerIds: uuids(readers.map(({ senderId }) => senderId)),
    readerOffsets: int4s(readers.map(({ n }) => n)),
    offsets: int4s(offsets),
  };
}
