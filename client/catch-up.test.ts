import { beforeEach, describe, expect, it } from '@jest/globals';
import { CatchUp, type SyncAnswer } from './catch-up.ts';
import { ClientError } from './client-error.ts';
import { ManualTimers, settled } from './test-timers.ts';

const nothing: SyncAnswer = { conversations: [], removed: [], changes: {}, reads: {}, muted: [] };

let timers: ManualTimers;
let asked: { resolve: (answer: SyncAnswer) => void; reject: (error: ClientError) => void }[];
let pagesLeft: number;
let catchUp: CatchUp;

beforeEach(() => {
  timers = new ManualTimers();
  asked = [];
  pagesLeft = 0;
  catchUp = new CatchUp({
    timers,
    ask: () =>
      new Promise((resolve, reject) => {
        asked.push({ resolve, reject });
      }),
    revs: () => ({}),
    take: () => pagesLeft-- > 0,
  });
});

describe('catching up', () => {
  it('asks page after page until there are no more', async () => {
    pagesLeft = 2;
    const done = catchUp.run();
    for (let page = 0; page < 3; page++) {
      asked[page]?.resolve(nothing);
      await settled();
    }
    await done;
    expect(asked).toHaveLength(3);
  });

  it('asks once more for what was wanted while an answer was on its way', async () => {
    const first = catchUp.run();
    const second = catchUp.run();
    asked[0]?.resolve(nothing);
    await settled();
    asked[1]?.resolve(nothing);
    await Promise.all([first, second]);
    expect(asked).toHaveLength(2);
  });

  it('waits a moment after a gap, once for many', async () => {
    catchUp.soon();
    catchUp.soon();
    await timers.pass(99);
    expect(asked).toHaveLength(0);
    await timers.pass(1);
    expect(asked).toHaveLength(1);
  });

  it('asks again after a refusal that may pass, not sooner than told', async () => {
    catchUp.soon();
    await timers.pass(100);
    asked[0]?.reject(new ClientError('rate_limited', { retryAfter: 5 }));
    await timers.pass(4_999);
    expect(asked).toHaveLength(1);
    await timers.pass(1_000);
    expect(asked).toHaveLength(2);
  });

  it('leaves it to the next connection when this one is lost', async () => {
    catchUp.soon();
    await timers.pass(100);
    asked[0]?.reject(new ClientError('offline'));
    await timers.pass(60_000);
    expect([asked.length, timers.pending]).toEqual([1, 0]);
    catchUp.soon();
    catchUp.stop();
    expect(timers.pending).toBe(0);
  });
});
