import type { StagedFacts } from '../../../../../kernel/outbox/outbox.ts';
import { int4s, int8s, texts, timestamps, uuids } from '../../../../../kernel/database/binary-arrays.ts';
import type { Draft } from '../../../domain/drafts.ts';

let built = { from: '', text: '' };

/**
 * One statement for a whole batch: the outbox row, the counters of each conversation whose authorisation version still
 * holds, the messages at their places, mentions, and the senders' read marks: the last sender's in the conversation's
 * row, the others' in their own. Answers the counters before the batch.
 */
export function appendText(staged: StagedFacts): string {
  if (built.from !== staged.text) built = { from: staged.text, text: build(staged) };
  return built.text;
}

function build(staged: StagedFacts): string {
  const base = staged.values.length;
  const $ = (index: number) => `$${String(base + index)}`;
  return `WITH staged AS (${staged.text}),
  heads AS (
    UPDATE chat.conversations c SET last_seq = c.last_seq + w.n, rev = c.rev + w.n, last_message_at = ${$(4)},
      former_sender_id = c.last_sender_id, former_sender_seq = c.last_sender_seq,
      last_sender_id = w.last_sender_id, last_sender_seq = c.last_seq + w.n
    FROM unnest(${$(1)}::uuid[], ${$(2)}::int[], ${$(3)}::bigint[], ${$(21)}::uuid[]) AS w(id, n, members_rev, last_sender_id)
    WHERE c.id = w.id AND c.members_rev = w.members_rev
    RETURNING c.id, c.last_seq - w.n AS seq0, c.rev - w.n AS rev0, c.last_sender_id, c.former_sender_id, c.former_sender_seq
  ),
  written AS (
    INSERT INTO chat.messages (id, conversation_id, seq, rev, sender_id, client_message_id, text, reply_to, thread_root_id, mentions, created_at)
    SELECT d.id, h.id, h.seq0 + d.n, h.rev0 + d.n, d.sender_id, d.client_message_id, d.text, d.reply_to, d.thread_root_id, d.mentions::uuid[], d.created_at
    FROM unnest(${$(5)}::uuid[], ${$(6)}::uuid[], ${$(7)}::int[], ${$(8)}::uuid[], ${$(9)}::uuid[], ${$(10)}::text[], ${$(11)}::uuid[], ${$(12)}::uuid[], ${$(13)}::text[], ${$(14)}::timestamptz[])
      AS d(id, conversation_id, n, sender_id, client_message_id, text, reply_to, thread_root_id, mentions, created_at)
    JOIN heads h ON h.id = d.conversation_id
  ),
  mentioned AS (
    INSERT INTO chat.mentions (user_id, conversation_id, seq)
    SELECT t.user_id, h.id, h.seq0 + t.n FROM unnest(${$(15)}::uuid[], ${$(16)}::int[], ${$(17)}::uuid[]) AS t(conversation_id, n, user_id)
    JOIN heads h ON h.id = t.conversation_id
  ),
  marked AS (
    UPDATE chat.members m SET last_read_seq = GREATEST(m.last_read_seq, r.seq)
    FROM (
      SELECT conversation_id, user_id, max(seq) AS seq FROM (
        SELECT h.id, h.former_sender_id, h.former_sender_seq FROM heads h WHERE h.former_sender_id <> h.last_sender_id
        UNION ALL
        SELECT h.id, w.user_id, h.seq0 + w.n
        FROM unnest(${$(18)}::uuid[], ${$(19)}::uuid[], ${$(20)}::int[]) AS w(conversation_id, user_id, n)
        JOIN heads h ON h.id = w.conversation_id
      ) AS every(conversation_id, user_id, seq) GROUP BY conversation_id, user_id
    ) AS r
    WHERE m.conversation_id = r.conversation_id AND m.user_id = r.user_id
  )
  SELECT id, seq0, rev0 FROM heads`;
}

export function appendValues(staged: StagedFacts, drafts: readonly Draft[]): unknown[] {
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
    // The oldest leave counts: one draft of somebody who was let through before a change sends the whole lot back to look again.
    count.membersRev = Math.min(count.membersRev, membersRev);
    counts.set(conversationId, count);
    offsets.push(count.n);
    for (const userId of named) mentions.push({ conversationId, n: count.n, userId });
  }
  // In one order everywhere, so that batches of two nodes do not lock crosswise.
  const heads = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
  const read = [...marks.values()];
  return [
    ...staged.values,
    uuids(heads.map(([id]) => id)),
    int4s(heads.map(([, { n }]) => n)),
    int8s(heads.map(([, { membersRev }]) => membersRev)),
    drafts.at(-1)?.createdAt ?? null,
    uuids(drafts.map(({ id }) => id)),
    uuids(drafts.map(({ conversationId }) => conversationId)),
    int4s(offsets),
    uuids(drafts.map(({ senderId }) => senderId)),
    uuids(drafts.map(({ clientMessageId }) => clientMessageId)),
    texts(drafts.map(({ text }) => text)),
    uuids(drafts.map(({ replyTo }) => replyTo)),
    uuids(drafts.map(({ threadRootId }) => threadRootId)),
    texts(drafts.map((draft) => (draft.mentions.length > 0 ? `{${draft.mentions.join(',')}}` : null))),
    timestamps(drafts.map(({ createdAt }) => createdAt)),
    uuids(mentions.map(({ conversationId }) => conversationId)),
    int4s(mentions.map(({ n }) => n)),
    uuids(mentions.map(({ userId }) => userId)),
    uuids(read.map(({ conversationId }) => conversationId)),
    uuids(read.map(({ senderId }) => senderId)),
    int4s(read.map(({ n }) => n)),
    uuids(heads.map(([, { lastSenderId }]) => lastSenderId)),
  ];
}
