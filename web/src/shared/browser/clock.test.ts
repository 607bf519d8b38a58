import { jest } from '@jest/globals';
import { minuteClock } from './clock.ts';

/** A window whose timers and events the test plays. */
function viewOf() {
  const listeners = new Map<string, () => void>();
  const on = (event: string, listener: () => void) => void listeners.set(event, listener);
  const timers: { readonly run: () => void; readonly afterMs: number }[] = [];
  const view = {
    addEventListener: on,
    document: { addEventListener: on },
    setTimeout: (run: () => void, afterMs: number) => timers.push({ run, afterMs }),
    clearTimeout: () => undefined,
  };
  return { view: view as unknown as Window, timers, fire: (event: string) => listeners.get(event)?.() };
}

beforeEach(() => {
  jest.useFakeTimers({ now: new Date(2026, 2, 1, 23, 59, 30) });
});
afterEach(() => {
  jest.useRealTimers();
});

const clockOf = (at: Date) => `${String(at.getDate())} ${String(at.getHours())}:${String(at.getMinutes())}`;

test('the clock ticks at the turn of the minute, and so at midnight', () => {
  const { view, timers } = viewOf();
  const clock = minuteClock(view);
  expect(timers.at(-1)?.afterMs).toBe(30_020);
  jest.setSystemTime(new Date(2026, 2, 2, 0, 0, 0));
  timers.at(-1)?.run();
  expect(clockOf(clock.get().now)).toBe('2 0:0');
  expect(timers.at(-1)?.afterMs).toBe(60_020);
});

test.each(['focus', 'pageshow', 'visibilitychange'])('a page that was asleep knows the time at its %s', (event) => {
  const { view, fire } = viewOf();
  const clock = minuteClock(view);
  jest.setSystemTime(new Date(2026, 2, 4, 8, 15));
  fire(event);
  expect(clockOf(clock.get().now)).toBe('4 8:15');
});

test('a clock that is set back is followed', () => {
  const { view, fire } = viewOf();
  const clock = minuteClock(view);
  jest.setSystemTime(new Date(2026, 1, 27, 12, 0));
  fire('focus');
  expect(clockOf(clock.get().now)).toBe('27 12:0');
});

test('within a minute nothing is announced', () => {
  const { view, fire } = viewOf();
  const clock = minuteClock(view);
  let ticks = 0;
  clock.subscribe(() => ticks++);
  jest.setSystemTime(new Date(2026, 2, 1, 23, 59, 50));
  fire('focus');
  expect(ticks).toBe(0);
});

test('another time zone is announced within the same minute', () => {
  const { view, fire } = viewOf();
  let zone = 'Europe/Lisbon';
  const clock = minuteClock(view, () => ({ now: new Date(), zone }));
  zone = 'Asia/Tokyo';
  fire('focus');
  expect(clock.get().zone).toBe('Asia/Tokyo');
});
