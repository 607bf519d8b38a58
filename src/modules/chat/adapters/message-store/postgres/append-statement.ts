import type { StagedFacts } from '../../../../../kernel/outbox/outbox.ts';
import type { Draft } from '../../../domain/drafts.ts';

let built = { from: '', text: '' };

/**
 * One statement for a whole batch: the outbox row, the counters of each conversation whose authorisation version still
 * holds, the messages at their places, mentions, and the senders' read marks. Answers the counters before the batch.
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
    UPDATE chat.conversations c SET last_seq = c.last_seq + w.n, rev = c.rev + w.n, last_message_at = ${$(4)}
    FROM unnest(${$(1)}::uuid[], ${$(2)}::int[], ${$(3)}::bigint[]) AS w(id, n, members_rev)
    WHERE c.id = w.id AND c.members_rev = w.members_rev
    RETURNING c.id, c.last_seq - w.n AS seq0, c.rev - w.n AS rev0
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
    UPDATE chat.members m SET last_read_seq = GREATEST(m.last_read_seq, h.seq0 + r.n)
    FROM unnest(${$(18)}::uuid[], ${$(19)}::uuid[], ${$(20)}::int[]) AS r(conversation_id, user_id, n)
    JOIN heads h ON h.id = r.conversation_id
    WHERE m.conversation_id = r.conversation_id AND m.user_id = r.user_id
  )
  SELECT id, seq0, rev0 FROM heads`;
}

export function appendValues(staged: StagedFacts, drafts: readonly Draft[]): unknown[] {
  const counts = new Map<string, { n: number; membersRev: number }>();
  const marks = new Map<string, { conversationId: string; senderId: string; n: number }>();
  const offsets: number[] = [];
  const mentions: { conversationId: string; n: number; userId: string }[] = [];
  for (const { conversationId, membersRev, senderId, mentions: named } of drafts) {
    const count = counts.get(conversationId) ?? { n: 0, membersRev };
    count.n++;
    // The oldest leave counts: one draft of somebody who was let through before a change sends the whole lot back to look again.
    count.membersRev = Math.min(count.membersRev, membersRev);
    counts.set(conversationId, count);
    offsets.push(count.n);
    marks.set(conversationId + senderId, { conversationId, senderId, n: count.n });
    for (const userId of named) mentions.push({ conversationId, n: count.n, userId });
  }
  // In one order everywhere, so that batches of two nodes do not lock crosswise.
  const heads = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
  const read = [...marks.values()];
  return [
    ...staged.values,
    column(heads, ([id]) => id),
    column(heads, ([, { n }]) => n),
    column(heads, ([, { membersRev }]) => membersRev),
    drafts.at(-1)?.createdAt ?? null,
    column(drafts, ({ id }) => id),
    column(drafts, ({ conversationId }) => conversationId),
    column(offsets, (n) => n),
    column(drafts, ({ senderId }) => senderId),
    column(drafts, ({ clientMessageId }) => clientMessageId),
    drafts.map(({ text }) => text),
    column(drafts, ({ replyTo }) => replyTo),
    column(drafts, ({ threadRootId }) => threadRootId),
    drafts.map((draft) => (draft.mentions.length > 0 ? `{${draft.mentions.join(',')}}` : null)),
    column(drafts, ({ createdAt }) => createdAt),
    column(mentions, ({ conversationId }) => conversationId),
    column(mentions, ({ n }) => n),
    column(mentions, ({ userId }) => userId),
    column(read, ({ conversationId }) => conversationId),
    column(read, ({ senderId }) => senderId),
    column(read, ({ n }) => n),
  ];
}

/**
 * An array of ids, numbers or times as PostgreSQL writes it. The driver would look for something to escape in each of
 * them, a tenth of what a message costs; these have nothing. Texts go the driver's way.
 */
function column<T>(rows: readonly T[], of: (row: T) => string | number | null): string {
  let text = '{';
  for (let index = 0; index < rows.length; index++) {
    if (index > 0) text += ',';
    text += String(of(rows[index] as T) ?? 'NULL');
  }
  return text + '}';
}
