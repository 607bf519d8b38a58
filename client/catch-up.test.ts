import { beforeEach, describe, expect, it } from '@jest/globals';
import { CatchUp } from './catch-up.ts';
import { ClientError } from './client-error.ts';
import type { SyncAnswer, SyncQuestion } from './sync-walk.ts';
import { ManualTimers, settled } from './test-timers.ts';

interface Asked {
  readonly by: 'socket' | 'http';
  readonly question: SyncQuestion;
  readonly resolve: (answer: SyncAnswer) => void;
  readonly reject: (error: ClientError) => void;
}

const last: SyncAnswer = { conversations: [], removed: [], changes: {}, reads: {}, muted: [], cursor: null, more: false };
const page: SyncAnswer = { ...last, cursor: 'next', more: true };

let timers: ManualTimers;
let asked: Asked[];
let taken: number;
let completed: number;
let isConnected: boolean;
let catchUp: CatchUp;

beforeEach(() => {
  timers = new ManualTimers();
  asked = [];
  [taken, completed] = [0, 0];
  isConnected = true;
  const ask = (by: Asked['by']) => (question: SyncQuestion) =>
    new Promise<SyncAnswer>((resolve, reject) => {
      asked.push({ by, question, resolve, reject });
    });
  catchUp = new CatchUp({
    timers,
    bySocket: ask('socket'),
    byHttp: ask('http'),
    isConnected: () => isConnected,
    knownIds: () => [],
    revs: () => ({}),
    take: () => {
      taken++;
    },
    completed: () => {
      completed++;
    },
  });
});

const answer = async (index: number, with_: SyncAnswer = last): Promise<void> => {
  asked[index]?.resolve(with_);
  await settled();
};
const fail = async (
  index: number,
  code: 'offline' | 'rate_limited' | 'deadline_exceeded',
  retryAfter: number | null = null,
): Promise<void> => {
  asked[index]?.reject(new ClientError(code, { retryAfter }));
  await settled();
};

describe('catching up', () => {
  it('leaves the rest to the socket once it is open', async () => {
    isConnected = false;
    const early = catchUp.run();
    isConnected = true;
    const own = catchUp.run();
    await answer(0, page);
    await early;
    expect([taken, completed]).toEqual([1, 0]);
    await answer(1);
    await own;
    expect([asked.map(({ by, question }) => [by, question.cursor]), completed]).toEqual([
      [
        ['http', undefined],
        ['socket', undefined],
      ],
      1,
    ]);
  });

  it('asks by HTTP and for small pages as long as no socket is open; a loss there makes no page of a socket smaller', async () => {
    isConnected = false;
    const early = catchUp.run();
    await fail(0, 'offline');
    await expect(early).rejects.toMatchObject({ code: 'offline' });
    catchUp.run().catch(() => undefined);
    await answer(1);
    isConnected = true;
    catchUp.run().catch(() => undefined);
    expect(asked.map(({ by, question }) => [by, question.maxBytes])).toEqual([
      ['http', 65_536],
      ['http', 65_536],
      ['socket', undefined],
    ]);
    expect([taken, completed]).toEqual([1, 1]);
  });

  it('asks page after page until there are no more, and is of use with the first', async () => {
    const usable = catchUp.run();
    await answer(0, page);
    await usable;
    expect([taken, completed]).toEqual([1, 0]);
    await answer(1, page);
    await answer(2);
    expect([asked.length, taken, completed]).toEqual([3, 3, 1]);
    expect(asked.map(({ question }) => question.cursor)).toEqual([undefined, 'next', 'next']);
  });

  it('asks once more for what was wanted while an answer was on its way', async () => {
    const first = catchUp.run();
    await answer(0, page);
    const second = catchUp.run();
    await answer(1);
    await answer(2);
    await Promise.all([first, second]);
    expect([asked.length, completed]).toEqual([3, 2]);
  });

  it('waits a moment after a gap, once for many', async () => {
    catchUp.soon();
    catchUp.soon();
    await timers.pass(99);
    expect(asked).toHaveLength(0);
    await timers.pass(1);
    expect(asked).toHaveLength(1);
  });

  it('asks again after a refusal that may pass, not sooner than the server asked for', async () => {
    catchUp.soon();
    await timers.pass(100);
    await fail(0, 'rate_limited', 5);
    await timers.pass(4_999);
    expect(asked).toHaveLength(1);
    await timers.pass(1_000);
    expect(asked).toHaveLength(2);
  });

  it('leaves it to the next connection when this one is lost', async () => {
    catchUp.soon();
    await timers.pass(100);
    isConnected = false;
    await fail(0, 'offline');
    await timers.pass(60_000);
    expect([asked.length, timers.pending]).toEqual([1, 0]);
    catchUp.soon();
    catchUp.stop();
    expect(timers.pending).toBe(0);
  });

  it.each(['offline', 'deadline_exceeded'] as const)('asks by HTTP in smaller pages after an answer was lost: %s', async (code) => {
    const lost = catchUp.run();
    await fail(0, code);
    await expect(lost).rejects.toMatchObject({ code });
    const again = catchUp.run();
    await fail(1, code);
    await expect(again).rejects.toMatchObject({ code });
    const third = catchUp.run();
    await answer(2, page);
    await third;
    await answer(3);
    expect(asked.map(({ by, question }) => [by, question.maxBytes])).toEqual([
      ['socket', undefined],
      ['http', 65_536],
      ['http', 16_384],
      ['http', 16_384],
    ]);
    catchUp.run().catch(() => undefined);
    expect(asked.at(-1)?.by).toBe('socket');
  });

  it('goes on by itself, later each time, when a further page is lost on a connection that stands', async () => {
    const usable = catchUp.run();
    await answer(0, page);
    await usable;
    for (let loss = 1; loss <= 5; loss++) {
      await fail(loss, 'offline');
      expect(asked).toHaveLength(loss + 1);
      await timers.pass(15_000);
      expect(asked).toHaveLength(loss + 2);
    }
  });

  it('goes on with what was wanted meanwhile, though an older answer was lost', async () => {
    const first = catchUp.run();
    const second = catchUp.run();
    await fail(0, 'offline');
    await expect(first).rejects.toMatchObject({ code: 'offline' });
    await answer(1);
    await second;
    expect([completed, timers.pending]).toEqual([1, 0]);
  });

  it('does not apply an answer that comes after it was stopped', async () => {
    const stopped = catchUp.run();
    catchUp.stop();
    await answer(0);
    await expect(stopped).rejects.toMatchObject({ code: 'offline' });
    expect([taken, completed]).toEqual([0, 0]);
    const next = catchUp.run();
    await answer(1);
    await next;
    expect(completed).toBe(1);
  });
});
