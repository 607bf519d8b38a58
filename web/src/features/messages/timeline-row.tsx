import { memo } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { useNow } from '../../app/use-now.ts';
import type { Conversation } from '../../shared/model.ts';
import { MessageRow } from './message-row.tsx';
import type { TimelineItem } from './timeline-item.ts';
import type { Row } from './timeline-rows.ts';

export interface TimelineRowProps {
  row: Row<TimelineItem>;
  conversation: Conversation;
  /** A link or a search led here. */
  shown: boolean;
  /** The composer holds its text. */
  editing: boolean;
}

/** Of many rows only those whose content changed are drawn again. */
export const TimelineRow = memo(
  function TimelineRow({ row, conversation, shown, editing }: TimelineRowProps) {
    if (row.row === 'day') return <DayLine at={row.at} />;
    if (row.row === 'new') return <NewLine />;
    if (row.item.kind !== 'text') {
      return (
        <p className="message-system" data-seq={row.item.seq}>
          {row.item.text}
        </p>
      );
    }
    return <MessageRow item={row.item} first={row.first} conversation={conversation} shown={shown} editing={editing} />;
  },
  (before, after) =>
    before.shown === after.shown &&
    before.editing === after.editing &&
    sameRow(before.row, after.row) &&
    sameRules(before.conversation, after.conversation),
);

function sameRow(a: Row<TimelineItem>, b: Row<TimelineItem>): boolean {
  if (a.row === 'message' && b.row === 'message') return a.item === b.item && a.first === b.first;
  return a.row === b.row && a.key === b.key;
}

/** A row needs the conversation for what may be done to a message, which its counters do not decide. */
const sameRules = (a: Conversation, b: Conversation): boolean => a.id === b.id && a.role === b.role && a.kind === b.kind;

function DayLine({ at }: { at: Date }) {
  const { times } = useApp();
  const words = useNow((now) => times.day(at, now));
  return (
    <div className="day-line" role="separator">
      <span>{words}</span>
    </div>
  );
}

function NewLine() {
  const { t } = useApp();
  return (
    <div className="new-line" role="separator">
      <span>{t('timeline.new')}</span>
    </div>
  );
}
