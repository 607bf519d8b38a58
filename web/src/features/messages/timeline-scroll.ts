import { flushSync } from 'react-dom';
import { store } from '../../shared/state/store.ts';
import { heldRows, isGap, rowOf, selectedRows } from './held-rows.ts';
import { type Frame, type Gap, type Intent, RowWindow, endPx, toEnd } from './row-window.ts';
import type { TimelineItem } from './timeline-item.ts';
import type { Row } from './timeline-rows.ts';
import type { Place } from './timeline-view.ts';

export type Pieces = readonly (Row<TimelineItem> | Gap)[];

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

const awayPx = 240;
/** Pages are asked for this many screens before their edge is reached, so that a wheel seldom meets it. */
const screensAhead = 2;
const aheadAtLeastPx = 1_200;
const screensFar = 3;

/** Where the rows of one timeline are drawn. */
interface Drawn {
  readonly frame: HTMLElement;
  readonly list: HTMLElement;
}

/** The scroll position of one timeline and what is drawn of it; browsers differ in scroll anchoring, so the page does its own. */
export class TimelineScroll {
  readonly pieces = store<Pieces>([]);
  readonly #window = new RowWindow<Row<TimelineItem>>();
  #drawn: Drawn | null = null;
  /** What stands on the page; behind `pieces` until it is drawn. */
  #shown: Pieces = [];
  /** Where the frame stands, as far as that has been followed. */
  #top = 0;
  #origin = 0;
  #size = '';
  #touched: Element | null = null;

  /** Returns how to stop. */
  attach(frame: HTMLElement, list: HTMLElement): () => void {
    this.#drawn = { frame, list };
    const ended = new AbortController();
    const options = { passive: true, signal: ended.signal };
    const touch = ({ target }: Event) => (this.#touched = target as Element);
    frame.addEventListener('scroll', this.#onScroll, options);
    list.addEventListener('pointerdown', touch, options);
    list.addEventListener('focusin', touch, options);
    document.addEventListener('selectionchange', this.#onSelect, options);
    return () => {
      ended.abort();
      this.#drawn = null;
    };
  }

  /** `followsEnd`: false while the window ends before the newest message; rows that come below then do not pull the reader along. */
  put(rows: readonly Row<TimelineItem>[], followsEnd: boolean): void {
    this.#follow();
    this.#window.put(rows, followsEnd);
    const frame = this.#frame();
    if (frame) this.#window.move(frame);
    this.#draw();
  }

  /** These stand on the page now: the reader's place stays where it was, or at the end when the end was on the screen. */
  shown(pieces: Pieces): void {
    this.#shown = pieces;
    this.keep();
  }

  /** After sizes changed, alike. */
  keep(): void {
    this.#follow();
    const frame = this.#frame();
    if (!frame || !this.#isSettled) return;
    this.#measure();
    this.#origin = frame.origin;
    this.#moveTo(this.#window.topIn(frame));
    const moved = this.#frame() ?? frame;
    if (this.#window.move(moved)) this.#draw();
    else this.#window.arrived(moved);
  }

  /** Goes to a place among the rows that are there. */
  go(place: Place): void {
    this.#go(this.#intentFor(place));
  }

  /** Shows a message that is not on the page, as the composer holds its text now. */
  reveal(messageId: string): void {
    const key = this.#window.rows.find((row) => row.row === 'message' && row.item.message?.id === messageId)?.key;
    if (key !== undefined && !this.#shown.some((piece) => piece.key === key)) this.#go({ at: 'share', key, share: 0.5 });
  }

  /** A message that has the focus may be far from what is drawn: the reader comes to it, and so its neighbours are there. */
  comeTo(message: HTMLElement): void {
    const { key } = this.#pieceOf(message) ?? {};
    if (key !== undefined && !this.#window.isAmid(key)) flushSync(() => this.#go({ at: 'share', key, share: 0.5 }));
  }

  /** Null while the timeline is not displayed: nothing of it is seen then. */
  look(): Sight | null {
    const frame = this.#frame();
    if (!frame || !this.#isSettled) return null;
    const distance = toEnd(frame);
    const ahead = Math.max(aheadAtLeastPx, screensAhead * frame.height);
    return {
      lastSeq: this.#lastSeqAbove(frame.top + frame.height + endPx - frame.origin),
      atEnd: distance < endPx,
      away: distance > awayPx,
      nearStart: frame.top < ahead,
      nearEnd: distance < ahead,
    };
  }

  /** Whether a message is several screens away, or not among the rows. */
  isFar(seq: number): boolean {
    const frame = this.#frame();
    if (!frame || !this.#isSettled) return false;
    const index = this.#window.rows.findIndex((row) => seqOf(row) === seq);
    return index === -1 || Math.abs(frame.origin + this.#window.heights.top(index) - frame.top) > screensFar * frame.height;
  }

  readonly #onScroll = (): void => {
    const frame = this.#follow();
    if (frame && this.#window.move(frame)) this.#draw();
  };

  /**
   * Null unless the reader has moved the frame. Rows may come between that and its event. Those that have just been wrapped anew stand elsewhere: the
   * place from before is the reader's, and `keep` brings it back.
   */
  #follow(): Frame | null {
    const frame = this.#frame();
    if (!frame || frame.top === this.#top || this.#sizeNow() !== this.#size) return null;
    this.#top = frame.top;
    // What stands above the rows may have changed since, and has not moved the reader.
    this.#window.scrolled({ ...frame, origin: this.#origin });
    return frame;
  }

  /** What is selected is copied whole: rows between its ends come back to the page. */
  readonly #onSelect = (): void => {
    const list = this.#drawn?.list;
    if (!list || document.getSelection()?.isCollapsed !== false) return;
    const selected = selectedRows(list);
    if (selected.some((row) => row !== selected.at(-1) && row.nextElementSibling !== null && isGap(row.nextElementSibling))) this.#draw();
  };

  get #isSettled(): boolean {
    return this.#shown === this.pieces.get();
  }

  #go(intent: Intent): void {
    this.#follow();
    this.#window.go(intent);
    this.keep();
  }

  #intentFor(place: Place): Intent {
    const key = place.at === 'seq' ? this.#window.rows.find((row) => seqOf(row) === place.seq)?.key : 'new';
    if (place.at === 'latest' || key === undefined) return { at: 'end' };
    return { at: 'share', key, share: place.at === 'seq' ? 0.5 : 0.25 };
  }

  #draw(): void {
    const list = this.#drawn?.list;
    const keyOf = (row: Element) => this.#pieceOf(row)?.key ?? '';
    if (list) this.#window.hold(heldRows(list, this.#touched).map(([from, to]) => [keyOf(from), keyOf(to)]));
    this.pieces.set(this.#window.pieces());
  }

  #pieceOf(row: Element): Pieces[number] | undefined {
    const list = this.#drawn?.list;
    const child = list && rowOf(list, row);
    return child ? this.#shown[[...list.children].indexOf(child)] : undefined;
  }

  /** Null while it is not displayed: a hidden element has no scroll position, and the place from before stays. */
  #frame(): Frame | null {
    if (!this.#drawn) return null;
    const { frame, list } = this.#drawn;
    const { clientHeight: height, scrollTop: top, scrollHeight: content } = frame;
    return height > 0 ? { top, height, content, origin: top + list.getBoundingClientRect().top - frame.getBoundingClientRect().top } : null;
  }

  /** A row counts with what parts it from the one before. */
  #measure(): void {
    const list = this.#drawn?.list;
    if (!list) return;
    let { top: end } = list.getBoundingClientRect();
    this.#shown.forEach((piece, index) => {
      const begin = end;
      end = list.children[index]?.getBoundingClientRect().bottom ?? end;
      if (piece.row !== 'gap') this.#window.heights.set(piece.key, end - begin);
    });
    this.#size = this.#sizeNow();
  }

  /** What changes when rows are wrapped anew, or others come. */
  #sizeNow(): string {
    return this.#drawn ? `${String(this.#drawn.frame.clientWidth)} ${String(this.#drawn.list.getBoundingClientRect().height)}` : '';
  }

  #moveTo(top: number): void {
    const frame = this.#drawn?.frame;
    if (!frame) return;
    if (Math.abs(top - frame.scrollTop) >= leastPx) frame.scrollTop = Math.min(top, frame.scrollHeight);
    this.#top = frame.scrollTop;
  }

  #lastSeqAbove(px: number): number | null {
    const { rows, heights } = this.#window;
    for (let index = heights.at(px); index >= 0; index--) {
      const seq = seqOf(rows[index]);
      if (seq !== null && heights.top(index + 1) <= px) return seq;
    }
    return null;
  }
}

/** Less than that is not seen, and a position is never more exact. */
const leastPx = 1 / 64;

const seqOf = (row: Row<TimelineItem> | undefined): number | null => (row?.row === 'message' ? row.item.seq : null);
