import fc from 'fast-check';
import { type Frame, type Intent, type ListRow, rowsAtMost, RowWindow, toEnd } from './row-window.ts';

const message = (seq: number): ListRow => ({ key: `m${String(seq)}`, row: 'message' });
const log = (from: number, to: number): ListRow[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_unused, index) => from + index).flatMap((seq) =>
    seq % 9 === 0 ? [{ key: `day-m${String(seq)}`, row: 'day' }, message(seq)] : [message(seq)],
  );

/** A page that draws what the window says, with rows as tall as the test likes. */
class Screen {
  readonly window = new RowWindow<ListRow>();
  height = 600;
  top = 0;
  /** What stands above the list. */
  origin = 48;
  readonly #px = new Map<string, number>();
  #tall = 1;

  heightOf(key: string): number {
    return this.#px.get(key) ?? (20 + ((Number(/\d+/.exec(key)?.[0] ?? 0) * 7919) % 180)) * this.#tall;
  }

  /** Rows are wrapped anew, as in a narrower window. */
  wrap(tall: number): void {
    this.#tall = tall;
  }

  resize(key: string, px: number): void {
    this.#px.set(key, px);
  }

  get frame(): Frame {
    const list = this.window.pieces().reduce((sum, piece) => sum + (piece.row === 'gap' ? piece.px : this.heightOf(piece.key)), 0);
    return { top: this.top, height: this.height, content: Math.max(this.height, this.origin + list), origin: this.origin };
  }

  /** Draws, measures and moves until nothing is left to do. */
  settle(): void {
    for (let turn = 0; turn < 20; turn++) {
      for (const piece of this.window.pieces()) if (piece.row !== 'gap') this.window.heights.set(piece.key, this.heightOf(piece.key));
      this.#moveTo(this.window.topIn(this.frame));
      if (!this.window.move(this.frame)) return this.window.arrived(this.frame);
    }
    throw new Error('The window does not come to rest.');
  }

  put(rows: readonly ListRow[], followsEnd = true): void {
    this.window.put(rows, followsEnd);
    this.settle();
  }

  go(to: Intent): void {
    this.window.go(to);
    this.settle();
  }

  scroll(top: number): void {
    this.#moveTo(top);
    this.window.scrolled(this.frame);
    this.window.move(this.frame);
    this.settle();
  }

  /** Where a row stands below the upper edge of the frame; null while it is not drawn. */
  placeOf(key: string): number | null {
    let px = this.origin - this.top;
    for (const piece of this.window.pieces()) {
      if (piece.key === key) return px;
      px += piece.row === 'gap' ? piece.px : this.heightOf(piece.key);
    }
    return null;
  }

  get drawn(): readonly string[] {
    return this.window.pieces().flatMap((piece) => (piece.row === 'gap' ? [] : [piece.key]));
  }

  /** How much of the frame shows no row although there are some. */
  get blank(): number {
    let [px, blank] = [this.origin - this.top, 0];
    for (const piece of this.window.pieces()) {
      const tall = piece.row === 'gap' ? piece.px : this.heightOf(piece.key);
      if (piece.row === 'gap') blank += Math.max(0, Math.min(this.height, px + tall) - Math.max(0, px));
      px += tall;
    }
    return blank;
  }

  #moveTo(top: number): void {
    const { content, height } = this.frame;
    this.top = Math.min(Math.max(0, top), Math.max(0, content - height));
  }
}

const screenOf = (from: number, to: number): Screen => {
  const screen = new Screen();
  screen.put(log(from, to));
  return screen;
};
const anchorOf = (screen: Screen): string => {
  const { intent } = screen.window;
  if (intent.at !== 'row') throw new Error('No row holds the place.');
  return intent.key;
};

test('of many rows those around the frame are drawn, and gaps keep the room of the others', () => {
  const screen = screenOf(1, 1_000);
  expect(screen.drawn.length).toBeLessThanOrEqual(rowsAtMost);
  expect(screen.drawn.at(-1)).toBe('m1000');
  expect(toEnd(screen.frame)).toBe(0);
  screen.scroll(0);
  expect(screen.drawn[0]).toBe('m1');
  expect(screen.drawn.length).toBeLessThanOrEqual(rowsAtMost);
  expect(screen.window.pieces().at(-1)).toMatchObject({ row: 'gap' });
});

test('what comes below pulls along only a reader at the end', () => {
  const screen = screenOf(1, 200);
  screen.put(log(1, 201));
  expect(screen.drawn).toContain('m201');
  expect(toEnd(screen.frame)).toBe(0);
  screen.scroll(screen.top - 300);
  const [key, top] = [anchorOf(screen), screen.top];
  const before = screen.placeOf(key);
  screen.put(log(1, 202));
  expect([screen.top, screen.placeOf(key)]).toEqual([top, before]);
});

test('a reader at the end of a window that messages are missing after stays in place', () => {
  const screen = screenOf(1, 200);
  const before = screen.placeOf('m200');
  screen.put(log(1, 300), false);
  expect(screen.placeOf('m200')).toBe(before);
});

test('a row is gone to wherever it is, and stays there while rows above it change', () => {
  const screen = screenOf(1, 1_000);
  screen.go({ at: 'share', key: 'm300', share: 0.5 });
  const place = screen.placeOf('m300') ?? NaN;
  expect(place + screen.heightOf('m300') / 2).toBeCloseTo(screen.height / 2, 6);
  screen.resize('m299', 400);
  screen.settle();
  expect(screen.placeOf('m300')).toBeCloseTo(place, 6);
});

test('a later request takes the place of an earlier one', () => {
  const screen = screenOf(1, 1_000);
  screen.window.go({ at: 'share', key: 'm300', share: 0.5 });
  screen.go({ at: 'end' });
  expect(toEnd(screen.frame)).toBe(0);
});

test('what is not among the rows leads to the end', () => {
  const screen = screenOf(1, 100);
  screen.scroll(0);
  expect(screen.window.go({ at: 'share', key: 'm5000', share: 0.5 })).toBe(false);
  screen.settle();
  expect(toEnd(screen.frame)).toBe(0);
});

test('rows that are held stay on the page, with all between a pair', () => {
  const screen = screenOf(1, 1_000);
  screen.window.hold([
    ['m950', 'm960'],
    ['m990', 'm990'],
  ]);
  screen.scroll(0);
  expect(screen.drawn.slice(-13)).toEqual([...log(950, 960).map(({ key }) => key), 'm990']);
});

test('where the message that holds the place is gone, its neighbour does', () => {
  const screen = screenOf(1, 200);
  screen.scroll(screen.top / 2);
  const key = anchorOf(screen);
  const next = message(Number(key.slice(1)) + 1).key;
  const before = screen.placeOf(next);
  screen.put(log(1, 200).filter((row) => row.key !== key));
  expect(screen.placeOf(next)).toBe(before);
});

const anOperation = fc.oneof(
  fc.record({ does: fc.constant('scroll' as const), by: fc.integer({ min: -6_000, max: 6_000 }) }),
  fc.record({ does: fc.constant('older' as const), by: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ does: fc.constant('newer' as const), by: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ does: fc.constant('cut' as const), by: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ does: fc.constant('resize' as const), by: fc.integer({ min: 0, max: 999 }) }),
  fc.record({ does: fc.constant('wrap' as const), by: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ does: fc.constant('frame' as const), by: fc.integer({ min: 200, max: 1_200 }) }),
  fc.record({ does: fc.constant('go' as const), by: fc.integer({ min: 0, max: 999 }) }),
);

test('whatever comes, goes or changes, the reader’s place stays, the page is small and nothing seen is blank', () => {
  fc.assert(
    fc.property(fc.array(anOperation, { maxLength: 25 }), (operations) => {
      let [from, to] = [1_000, 1_200];
      const screen = screenOf(from, to);
      for (const { does, by } of operations) {
        const { intent } = screen.window;
        const held = intent.at === 'row' ? intent : null;
        if (does === 'older') screen.put(log((from = Math.max(1, from - by)), to), false);
        if (does === 'newer') screen.put(log(from, (to += by)), false);
        if (does === 'cut' && held && to - by > Number(held.key.slice(1))) screen.put(log(from, (to -= by)), false);
        const some = message(from + (by % (to - from + 1))).key;
        if (does === 'resize') screen.resize(some, 10 + (by % 300));
        if (does === 'wrap') screen.wrap(by);
        if (does === 'frame') screen.height = by;
        if (does === 'scroll') screen.scroll(screen.top + by);
        else if (does === 'go') screen.go({ at: 'share', key: some, share: 0.25 });
        else screen.settle();
        expect(screen.blank).toBe(0);
        expect(screen.drawn.length).toBeLessThanOrEqual(rowsAtMost);
        const { top, height, content } = screen.frame;
        // At either end there is no room to keep it.
        const isFree = top > 0 && top < content - height;
        if (held && isFree && does !== 'scroll' && does !== 'go') expect(screen.placeOf(held.key)).toBeCloseTo(held.px, 6);
      }
    }),
    { numRuns: 100 },
  );
});
