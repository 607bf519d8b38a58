import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Message } from '../src/contracts/chat/messages.ts';
import type { Change } from './change.ts';
import { type Step, type Stream, streamAt, takeChange, takeHistory, takePage } from './stream.ts';
import { aMessage, LogOfServer } from './test-log.ts';
import { emptyWindow, type Window, windowOf, withArrived, withChange } from './timeline.ts';

const created = (seq: number, rev: number): Change => ({ kind: 'message', rev, message: aMessage(seq, { rev }) });
const seqs = (messages: readonly Message[]) => messages.map(({ seq }) => seq);

describe('a stream', () => {
  it('applies the next change and ignores one it knows', () => {
    const first = takeChange(streamAt(1, 0), created(1, 2));
    expect(seqs(first.arrived)).toEqual([1]);
    const again = takeChange(first.stream, created(1, 2));
    expect(again).toMatchObject({ arrived: [], changed: [], hasGap: false });
  });

  it('holds what comes after a gap, and lets it follow once the gap is closed', () => {
    const beyond = takeChange(streamAt(1, 0), created(2, 3));
    expect(beyond).toMatchObject({ arrived: [], hasGap: true });
    const closed = takeChange(beyond.stream, created(1, 2));
    expect(seqs(closed.arrived)).toEqual([1, 2]);
    expect(closed.hasGap).toBe(false);
    expect(closed.stream.rev).toBe(3);
  });

  it('lets messages of a page arrive in order of seq although the page is in order of rev', () => {
    const page = { messages: [aMessage(2, { rev: 3 }), aMessage(1, { rev: 4 })], uptoRev: 4, more: false };
    expect(seqs(takePage(streamAt(1, 0), page).arrived)).toEqual([1, 2]);
  });

  it('holds live changes until the last page, since a message may lie beyond the first', () => {
    const first = takePage(streamAt(1, 0), { messages: [aMessage(2, { rev: 3 })], uptoRev: 3, more: true });
    const live = takeChange(first.stream, { kind: 'reactions', rev: 4, messageId: 'm1', reactions: [{ emoji: '👍', userIds: ['u'] }] });
    expect(live).toMatchObject({ arrived: [], changed: [] });
    expect(live.stream.rev).toBe(3);
    const last = takePage(live.stream, { messages: [aMessage(1, { rev: 4 })], uptoRev: 4, more: false });
    expect(seqs(last.arrived)).toEqual([1, 2]);
  });

  it('closes a hole in seq from the history', () => {
    const holed = takeChange(streamAt(1, 1), created(3, 2));
    expect(holed.arrived).toEqual([]);
    expect(seqs(takeHistory(holed.stream, [aMessage(2), aMessage(3)]).arrived)).toEqual([2, 3]);
  });

  it('keeps a bounded number of changes beyond a gap', () => {
    let { stream } = takeChange(streamAt(1, 0), created(2, 3));
    for (let rev = 4; rev < 1_500; rev++) ({ stream } = takeChange(stream, created(rev - 1, rev)));
    expect(stream.held.size).toBe(1_000);
  });
});

/** A client of one conversation: its stream, the window it shows, and what it announced. */
class Follower {
  stream: Stream = streamAt(1, 0);
  window: Window = windowOf([], { hasOlder: false, atEnd: true });
  readonly announced: Message[] = [];

  receive(change: Change): void {
    this.#apply(takeChange(this.stream, change));
  }

  /** Pages until there are no more; `between` runs after each page, as live events do. */
  sync(log: LogOfServer, limit: number, between: () => void): void {
    for (;;) {
      const page = log.page(this.stream.rev, limit);
      this.#apply(takePage(this.stream, page));
      between();
      if (!page.more) return;
    }
  }

  #apply({ stream, arrived, changed }: Step): void {
    this.stream = stream;
    for (const message of arrived) {
      this.announced.push(message);
      this.window = withArrived(this.window, message);
    }
    for (const change of changed) this.window = withChange(this.window, change);
  }
}

const happening = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ does: 'append' as const }) },
  fc.record({ does: fc.constant('edit' as const), index: fc.nat(20) }),
  fc.record({ does: fc.constant('react' as const), index: fc.nat(20) }),
  fc.constant({ does: 'join' as const }),
  // Delivers an event from anywhere: what is never picked is lost, what is picked twice is a duplicate.
  { weight: 6, arbitrary: fc.record({ does: fc.constant('deliver' as const), back: fc.nat(6) }) },
  fc.record({
    does: fc.constant('sync' as const),
    limit: fc.integer({ min: 1, max: 4 }),
    inBetween: fc.array(fc.nat(4), { maxLength: 3 }),
  }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

function run(log: LogOfServer, follower: Follower, happenings: readonly Happening[]): void {
  const deliver = (back: number): void => {
    const event = log.events.at(-1 - back);
    if (event) follower.receive(event);
  };
  for (const step of happenings) {
    if (step.does === 'append') log.append();
    else if (step.does === 'edit') log.edit(step.index);
    else if (step.does === 'react') log.react(step.index);
    else if (step.does === 'join') log.join();
    else if (step.does === 'deliver') deliver(step.back);
    else {
      const inBetween = [...step.inBetween];
      follower.sync(log, step.limit, () => {
        const next = inBetween.shift();
        if (next === undefined) return;
        if (next === 0) log.append();
        if (next === 1) log.react(0);
        if (next === 2) log.edit(0);
        deliver(next % 2);
      });
    }
  }
}

describe('any interleaving of events, losses, duplicates, reconnects and pages', () => {
  it('ends with the log of the server, each message announced once and in order', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 80, size: 'max' }), (happenings) => {
        const log = new LogOfServer();
        const follower = new Follower();
        run(log, follower, happenings);
        follower.sync(log, 3, () => undefined);
        expect(follower.stream).toMatchObject({ rev: log.rev, seq: log.messages.length, isBehind: false });
        expect(follower.stream.held.size + follower.stream.ahead.size).toBe(0);
        expect(follower.window.messages).toEqual(log.messages);
        expect(seqs(follower.announced)).toEqual(log.messages.map((_message, index) => index + 1));
      }),
      { numRuns: 1_000 },
    );
  });

  it('needs no sync when every event comes in order', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60, size: 'max' }), (happenings) => {
        const log = new LogOfServer();
        const follower = new Follower();
        run(log, new Follower(), happenings);
        for (const event of log.events) follower.receive(event);
        expect(follower.window.messages).toEqual(log.messages);
      }),
    );
  });

  it('shows nothing of a conversation whose window was never opened', () => {
    expect(withArrived(emptyWindow, aMessage(1))).toBe(emptyWindow);
  });
});
