import { RowHeights } from './row-heights.ts';

/** A row of the list. Only messages hold the reader's place: what stands between them comes and goes with each page. */
export interface ListRow {
  readonly key: string;
  readonly row: 'message' | 'day' | 'new';
}

/** Stands in for rows that are not drawn. */
export interface Gap {
  readonly row: 'gap';
  readonly key: string;
  readonly px: number;
}

/** How the list lies in the frame that scrolls over it, px. */
export interface Frame {
  /** How much of the content is above the frame. */
  readonly top: number;
  readonly height: number;
  /** Of all that can be scrolled. */
  readonly content: number;
  /** Where the list begins in the content. */
  readonly origin: number;
}

/** What the scroll position follows; a newer intent takes the place of an older one. */
export type Intent =
  | { readonly at: 'end' }
  /** A row stays where it is: so much below the upper edge of the frame. */
  | { readonly at: 'row'; readonly key: string; readonly px: number }
  /** A row is to stand at this share of the free height, from 0 (at the top) to 1. */
  | { readonly at: 'share'; readonly key: string; readonly share: number };

interface Span {
  readonly from: number;
  /** The first one that is not in it. */
  readonly to: number;
}

/** Rows on the page, without those that are held. */
export const rowsAtMost = 150;
/** So many come at a time, as the reader gets on. */
const step = 12;
/** A neighbour may stand behind lines, as that of a day. */
const nearby = 4;
export const endPx = 32;

/**
 * Which rows of a list are drawn, and where the frame over it has to stand. Rows far from the frame are left out, with a gap as tall as they were,
 * so that nothing else moves. Pure: who draws says how tall rows are, and follows what comes out.
 */
export class RowWindow<T extends ListRow> {
  readonly heights = new RowHeights();
  #rows: readonly T[] = [];
  #intent: Intent = { at: 'end' };
  #followsEnd = true;
  #drawn: Span = { from: 0, to: 0 };
  #held: readonly Span[] = [];
  #frame: Frame = { top: 0, height: 0, content: 0, origin: 0 };

  get rows(): readonly T[] {
    return this.#rows;
  }

  get intent(): Intent {
    return this.#intent;
  }

  /** `followsEnd`: what comes below pulls a reader at the end along; not so where messages are missing in between. */
  put(rows: readonly T[], followsEnd: boolean): void {
    this.#followsEnd = followsEnd;
    if (!followsEnd && this.#intent.at === 'end') this.#stayAt(this.#frame);
    const before = this.#rows.slice(this.#drawn.from, this.#drawn.to);
    const intent = this.#intent;
    const survivor = intent.at === 'row' ? this.#survivor(intent, new Set(rows.map(({ key }) => key))) : intent;
    this.#rows = rows;
    this.heights.order(rows.map(({ key }) => key));
    this.#intent = survivor;
    this.#drawn = spanOf(before.flatMap(({ key }) => this.heights.indexOf(key) ?? []));
  }

  /** Answers whether the row is there. */
  go(to: Intent): boolean {
    const isThere = to.at === 'end' || this.heights.indexOf(to.key) !== undefined;
    this.#intent = isThere ? to : { at: 'end' };
    return isThere;
  }

  /** The reader moved the frame. */
  scrolled(frame: Frame): void {
    this.#frame = frame;
    if (this.#isAtEnd(frame)) this.#intent = { at: 'end' };
    else this.#stayAt(frame);
  }

  /** Once a row has come to its share of the frame it stays there. */
  arrived(frame: Frame): void {
    const intent = this.#intent;
    this.#frame = frame;
    if (intent.at === 'share')
      this.#intent = this.#isAtEnd(frame) ? { at: 'end' } : { at: 'row', key: intent.key, px: this.#placeOf(intent.key, frame) };
    if (intent.at === 'end' && !this.#followsEnd) this.#stayAt(frame);
  }

  /** Where the frame has to stand; infinite at the end. */
  topIn(frame: Frame): number {
    const intent = this.#intent;
    if (intent.at === 'end') return Infinity;
    const index = this.heights.indexOf(intent.key);
    if (index === undefined) return frame.top;
    const top = frame.origin + this.heights.top(index);
    if (intent.at === 'row') return top - intent.px;
    return top - (frame.height - (this.heights.top(index + 1) - this.heights.top(index))) * intent.share;
  }

  /** Takes in more rows where the frame is near others; answers whether it did. */
  move(frame: Frame): boolean {
    const before = this.#drawn;
    const below = Math.max(0, frame.content - frame.origin - this.heights.total);
    const last = frame.origin + this.heights.total + below - frame.height;
    const top = Math.min(Math.max(0, last), Math.max(0, this.topIn(frame))) - frame.origin;
    this.#drawn = around({ from: this.heights.at(top), to: this.heights.at(top + frame.height) + 1 }, before, this.#rows.length);
    return this.#drawn !== before;
  }

  /** These stay on the page wherever the frame is, each pair with all that is between. */
  hold(pairs: readonly (readonly [string, string])[]): void {
    this.#held = pairs.flatMap((keys) => {
      const span = spanOf(keys.flatMap((key) => this.heights.indexOf(key) ?? []));
      return span.to > span.from ? [span] : [];
    });
  }

  /** Whether the neighbours of a row are drawn too. */
  isAmid(key: string): boolean {
    const index = this.heights.indexOf(key) ?? -1;
    const { from, to } = this.#drawn;
    return Math.max(0, index - nearby) >= from && Math.min(this.#rows.length, index + 1 + nearby) <= to;
  }

  /** The rows to draw in their order, and gaps where others are left out. */
  pieces(): readonly (T | Gap)[] {
    const pieces: (T | Gap)[] = [];
    let at = 0;
    const gapTo = (to: number) => {
      const px = this.heights.top(to) - this.heights.top(at);
      if (to > at) pieces.push({ row: 'gap', key: `gap-${this.#rows[to]?.key ?? ''}`, px });
    };
    for (const { from, to } of [this.#drawn, ...this.#held].sort((a, b) => a.from - b.from)) {
      if (to <= at) continue;
      gapTo(from);
      pieces.push(...this.#rows.slice(Math.max(at, from), to));
      at = to;
    }
    gapTo(this.#rows.length);
    return pieces;
  }

  #isAtEnd(frame: Frame): boolean {
    return this.#followsEnd && toEnd(frame) < endPx;
  }

  #placeOf(key: string, { origin, top }: Frame): number {
    return origin + this.heights.top(this.heights.indexOf(key) ?? 0) - top;
  }

  /**
   * The message that begins on the screen holds the place. The first message of the window is the last choice: it loses its head when an earlier
   * message of the same sender comes before it.
   */
  #stayAt(frame: Frame): void {
    const upper = frame.top - frame.origin;
    const first = this.#rows.findIndex(isMessage);
    let found: number | null = null;
    for (let index = this.heights.at(upper); index < this.#rows.length; index++) {
      if (!isMessage(this.#rows[index])) continue;
      const top = this.heights.top(index);
      if (found !== null && top > upper + frame.height) break;
      found = index;
      if (top >= upper && index !== first) break;
    }
    const key = found === null ? undefined : this.#rows[found]?.key;
    if (found !== null && key !== undefined) this.#intent = { at: 'row', key, px: this.heights.top(found) - upper };
  }

  /** Where the row that holds the place is gone, the nearest one that stays holds it. */
  #survivor(intent: Intent & { at: 'row' }, staying: ReadonlySet<string>): Intent {
    const index = this.heights.indexOf(intent.key);
    if (index === undefined || staying.has(intent.key)) return intent;
    const stays = (row: T) => isMessage(row) && staying.has(row.key);
    const key = (this.#rows.slice(index).find(stays) ?? this.#rows.slice(0, index).findLast(stays))?.key;
    const other = key === undefined ? undefined : this.heights.indexOf(key);
    if (key === undefined || other === undefined) return { at: 'end' };
    return { at: 'row', key, px: intent.px + this.heights.top(other) - this.heights.top(index) };
  }
}

export const toEnd = ({ content, top, height }: Frame): number => content - top - height;

const isMessage = (row: ListRow | undefined): boolean => row?.row === 'message';

function spanOf(indexes: readonly number[]): Span {
  return indexes.length === 0 ? { from: 0, to: 0 } : { from: Math.min(...indexes), to: Math.max(...indexes) + 1 };
}

/** What is drawn around the rows that are seen: the same span for as long as it reaches far enough. */
function around(seen: Span, before: Span, count: number): Span {
  const room = Math.max(0, rowsAtMost - (seen.to - seen.from)) >> 1;
  const reach = (by: number): Span => ({ from: Math.max(0, seen.from - by), to: Math.min(count, seen.to + by) });
  const least = reach(Math.max(0, room - step));
  const keeps = before.from <= least.from && before.to >= least.to && before.to - before.from <= rowsAtMost;
  return keeps ? before : reach(room);
}
