import { daysBetween } from '../../shared/format/time.ts';

/** What the rows need to know of a message; `seq` is null while it waits to be sent. */
export interface RowSource {
  readonly key: string;
  readonly seq: number | null;
  readonly senderId: string;
  readonly kind: 'text' | 'system' | 'call';
  readonly createdAt: Date;
}

export type Row<T extends RowSource> =
  | { readonly row: 'day'; readonly key: string; readonly at: Date }
  | { readonly row: 'new'; readonly key: 'new' }
  /** `first`: opens a group, and so shows who speaks. */
  | { readonly row: 'message'; readonly key: string; readonly item: T; readonly first: boolean };

/**
 * Messages with what stands between them: a line per day, one line before the first unread message, and groups of one sender.
 * `newFromSeq`: the first unread message when the conversation was opened, or null.
 */
export function timelineRows<T extends RowSource>(items: readonly T[], newFromSeq: number | null): readonly Row<T>[] {
  const rows: Row<T>[] = [];
  let before: T | undefined;
  let marked = newFromSeq === null;
  for (const item of items) {
    const newDay = !before || daysBetween(before.createdAt, item.createdAt) !== 0;
    if (newDay) rows.push({ row: 'day', key: `day-${item.key}`, at: item.createdAt });
    const startsNew = !marked && item.seq !== null && newFromSeq !== null && item.seq >= newFromSeq;
    if (startsNew) {
      marked = true;
      rows.push({ row: 'new', key: 'new' });
    }
    rows.push({ row: 'message', key: item.key, item, first: newDay || startsNew || !continues(before, item) });
    before = item;
  }
  return rows;
}

const groupGapMs = 5 * 60_000;

const continues = (before: RowSource | undefined, item: RowSource): boolean =>
  before?.senderId === item.senderId &&
  before.kind === 'text' &&
  item.kind === 'text' &&
  item.createdAt.getTime() - before.createdAt.getTime() < groupGapMs;
