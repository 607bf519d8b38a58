import { ReplayGuard } from './replay-guard.ts';

let now: number;
let guard: ReplayGuard;
beforeEach(() => {
  now = 1_700_000_000_000;
  guard = new ReplayGuard(() => now);
});
const message = (number: number, { from = 'node-1', at = now } = {}) => ({ from, number, at, text: '' });

test('messages in their order are taken, with gaps where others went elsewhere', () => {
  expect([1, 2, 5, 9].map((number) => guard.faultOf('call auth', message(number)))).toEqual([null, null, null, null]);
});

test('one that came before is refused, and so is an older one that never came', () => {
  guard.faultOf('call auth', message(5));
  expect([5, 4].map((number) => guard.faultOf('call auth', message(number)))).toEqual(['replayed', 'replayed']);
  expect(guard.faultOf('call auth', message(6))).toBeNull();
});

test('streams and senders are counted apart', () => {
  guard.faultOf('call auth', message(5));
  expect(guard.faultOf('call chat', message(4))).toBeNull();
  expect(guard.faultOf('call auth', message(4, { from: 'node-2' }))).toBeNull();
});

test.each([60_001, -60_001])('one whose time differs by %i ms is refused', (age) => {
  expect(guard.faultOf('call auth', message(1, { at: now - age }))).toBe('stale');
});

test('what was forgotten of a sender is stale by then: thousands of senders open no gap', () => {
  const recorded = message(7);
  guard.faultOf('call auth', recorded);
  for (let sender = 0; sender < 5_000; sender++) {
    guard.faultOf('call auth', message(1, { from: `other-${String(sender)}` }));
    now += 50;
  }
  expect(guard.faultOf('call auth', recorded)).toBe('stale');
});
