import type { Message, OutboxEntry } from '../../shared/model.ts';
import type { RowSource } from './timeline-rows.ts';

/** A message of the log, or one on its way; the key stays the same when it arrives. */
export interface TimelineItem extends RowSource {
  readonly text: string;
  readonly replyTo: string | null;
  readonly message: Message | null;
  readonly entry: OutboxEntry | null;
}

/** The same message always gives the same item, so that its row is not drawn again. */
export function timelineItems(messages: readonly Message[], pending: readonly OutboxEntry[], myId: string): readonly TimelineItem[] {
  return [...messages.map(ofMessage), ...pending.map((entry) => ofEntry(entry, myId))];
}

const known = new WeakMap<Message | OutboxEntry, TimelineItem>();

function ofMessage(message: Message): TimelineItem {
  const before = known.get(message);
  if (before) return before;
  const { clientMessageId, senderId, seq, kind, text, replyTo, createdAt } = message;
  const item: TimelineItem = {
    key: `${senderId}:${clientMessageId}`,
    seq,
    senderId,
    kind,
    text,
    replyTo,
    createdAt: new Date(createdAt),
    message,
    entry: null,
  };
  known.set(message, item);
  return item;
}

function ofEntry(entry: OutboxEntry, myId: string): TimelineItem {
  const before = known.get(entry);
  if (before) return before;
  const { clientMessageId, text, replyTo, createdAt } = entry;
  const item: TimelineItem = {
    key: `${myId}:${clientMessageId}`,
    seq: null,
    senderId: myId,
    kind: 'text',
    text,
    replyTo,
    createdAt: new Date(createdAt),
    message: null,
    entry,
  };
  known.set(entry, item);
  return item;
}
