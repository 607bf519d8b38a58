import type { Place } from './timeline-view.ts';

export interface Sight {
  /** The last message that is wholly on the screen; null when there is none. */
  readonly lastSeq: number | null;
  /** The end of the window is on the screen. */
  readonly atEnd: boolean;
  /** Far enough from the end to offer a way back. */
  readonly away: boolean;
  readonly nearStart: boolean;
  readonly nearEnd: boolean;
}

export interface TimelineScroll {
  /** Goes to a place among the rows that are there. */
  go(place: Place): void;
  /** After the rows changed: the reader's place stays where it was, or at the end when the end was on the screen. */
  keep(): void;
  /** Null while the timeline is not displayed: nothing of it is seen then. */
  look(): Sight | null;
  /** Whether a message is several screens away, or not among the rows. */
  isFar(seq: number): boolean;
  /** False while the window ends before the newest message: rows that come below then do not pull the reader along. */
  follow(end: boolean): void;
}

const endPx = 32;
const awayPx = 240;
/** Pages are asked for this many screens before their edge is reached, so that a wheel seldom meets it. */
const screensAhead = 2;
const aheadAtLeastPx = 1_200;
const screensFar = 3;

/** The scroll position of one timeline; browsers differ in scroll anchoring, so the page does its own. */
export function timelineScroll(frame: HTMLElement, rows: HTMLElement): TimelineScroll {
  let anchor: Anchor | null = null;
  let [atEnd, followsEnd, size] = [true, true, sizeOf(frame, rows)];
  const toEnd = (): number => frame.scrollHeight - frame.scrollTop - frame.clientHeight;
  const remember = () => {
    size = sizeOf(frame, rows);
    // A hidden element has no scroll position; the place from before stays.
    if (!isDisplayed(frame)) return;
    atEnd = followsEnd && toEnd() < endPx;
    anchor = anchorOf(frame, rows) ?? anchor;
  };
  const onScroll = () => {
    // Rows that have just been wrapped anew stand elsewhere: the place from before is the reader's, and `keep` brings it back.
    if (sizeOf(frame, rows) === size) remember();
  };
  frame.addEventListener('scroll', onScroll, { passive: true });
  return {
    go(place) {
      const row = rowOf(rows, place);
      if (row) frame.scrollTop = row.offsetTop - (frame.clientHeight - row.offsetHeight) * (place.at === 'seq' ? 0.5 : 0.25);
      else frame.scrollTop = frame.scrollHeight;
      remember();
    },
    keep() {
      if (!isDisplayed(frame)) return;
      if (atEnd && followsEnd) frame.scrollTop = frame.scrollHeight;
      else if (anchor) restore(frame, rows, anchor);
      remember();
    },
    look() {
      if (!isDisplayed(frame)) return null;
      const distance = toEnd();
      const bottom = frame.scrollTop + frame.clientHeight;
      const ahead = Math.max(aheadAtLeastPx, screensAhead * frame.clientHeight);
      return {
        lastSeq: lastSeqAbove(rows, bottom + endPx),
        atEnd: distance < endPx,
        away: distance > awayPx,
        nearStart: frame.scrollTop < ahead,
        nearEnd: distance < ahead,
      };
    },
    isFar(seq) {
      if (!isDisplayed(frame)) return false;
      const row = rowOf(rows, { at: 'seq', seq });
      return !row || Math.abs(row.offsetTop - frame.scrollTop) > screensFar * frame.clientHeight;
    },
    follow(end) {
      followsEnd = end;
    },
  };
}

const isDisplayed = (frame: HTMLElement): boolean => frame.clientHeight > 0;

/** What changes when rows are wrapped anew, or others come. */
const sizeOf = (frame: HTMLElement, rows: HTMLElement): string => `${String(frame.clientWidth)} ${String(rows.offsetHeight)}`;

/** A message on the screen, and how far below the upper edge it stands, in fractions of pixels too. */
interface Anchor {
  readonly row: HTMLElement;
  readonly seq: string | undefined;
  readonly top: number;
}

/**
 * Spinners and lines between messages come and go with each page, so only a message holds the place. The first message of the window is the
 * last choice: it loses its head when an earlier message of the same sender comes before it.
 */
function anchorOf(frame: HTMLElement, rows: HTMLElement): Anchor | null {
  let found: HTMLElement | null = null;
  for (let row: Element | null = firstBelow(rows, frame.scrollTop); row; row = row.nextElementSibling) {
    const element = row as HTMLElement;
    if (!isMessage(element)) continue;
    if (found && element.offsetTop > frame.scrollTop + frame.clientHeight) break;
    found = element;
    if (element.offsetTop >= frame.scrollTop && element !== rows.querySelector(messages)) break;
  }
  return found && { row: found, seq: found.dataset['seq'], top: topIn(frame, found) };
}

function restore(frame: HTMLElement, rows: HTMLElement, { row, seq, top }: Anchor): void {
  const now = row.isConnected ? row : seq === undefined ? null : rowOf(rows, { at: 'seq', seq: Number(seq) });
  const moved = now ? topIn(frame, now) - top : 0;
  if (moved !== 0) frame.scrollTop += moved;
}

const messages = '[data-seq], [data-state]';
const isMessage = (row: Element): boolean => row.matches(messages);
const topIn = (frame: HTMLElement, row: HTMLElement): number => row.getBoundingClientRect().top - frame.getBoundingClientRect().top;

function rowOf(rows: HTMLElement, place: Place): HTMLElement | null {
  if (place.at === 'latest') return null;
  return rows.querySelector<HTMLElement>(place.at === 'new' ? '.new-line' : `[data-seq="${place.seq}"]`);
}

/** The first row that ends below a height; rows stand in order, so halving finds it. */
function firstBelow(rows: HTMLElement, height: number): HTMLElement | null {
  const { children } = rows;
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = children[middle] as HTMLElement;
    if (row.offsetTop + row.offsetHeight > height) high = middle;
    else low = middle + 1;
  }
  return (children[low] as HTMLElement | undefined) ?? null;
}

function lastSeqAbove(rows: HTMLElement, height: number): number | null {
  for (let row: Element | null = firstBelow(rows, height) ?? rows.lastElementChild; row; row = row.previousElementSibling) {
    const { offsetTop, offsetHeight, dataset } = row as HTMLElement;
    if (offsetTop + offsetHeight <= height && dataset['seq']) return Number(dataset['seq']);
  }
  return null;
}
