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
  look(): Sight;
  /** False while the window ends before the newest message: rows that come below then do not pull the reader along. */
  follow(end: boolean): void;
}

const nearPx = 600;
const endPx = 32;
const awayPx = 240;

/** The scroll position of one timeline; browsers differ in scroll anchoring, so the page does its own. */
export function timelineScroll(frame: HTMLElement, rows: HTMLElement): TimelineScroll {
  let anchor: { readonly row: HTMLElement; readonly top: number } | null = null;
  let atEnd = true;
  let followsEnd = true;
  const toEnd = (): number => frame.scrollHeight - frame.scrollTop - frame.clientHeight;
  const remember = () => {
    atEnd = followsEnd && toEnd() < endPx;
    const row = firstBelow(rows, frame.scrollTop);
    anchor = row ? { row, top: row.offsetTop - frame.scrollTop } : null;
  };
  frame.addEventListener('scroll', remember, { passive: true });
  return {
    go(place) {
      const row = rowOf(rows, place);
      if (row) frame.scrollTop = row.offsetTop - (frame.clientHeight - row.offsetHeight) * (place.at === 'seq' ? 0.5 : 0.25);
      else frame.scrollTop = frame.scrollHeight;
      remember();
    },
    keep() {
      if (atEnd && followsEnd) frame.scrollTop = frame.scrollHeight;
      else if (anchor?.row.isConnected) frame.scrollTop = anchor.row.offsetTop - anchor.top;
      remember();
    },
    look() {
      const distance = toEnd();
      const bottom = frame.scrollTop + frame.clientHeight;
      return {
        lastSeq: lastSeqAbove(rows, bottom + endPx),
        atEnd: distance < endPx,
        away: distance > awayPx,
        nearStart: frame.scrollTop < nearPx,
        nearEnd: distance < nearPx,
      };
    },
    follow(end) {
      followsEnd = end;
    },
  };
}

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
