import { BoundedCounters } from './bounded-counters.ts';

let now = 0;
const counters = (atMost: number) => new BoundedCounters({ windowMs: 60_000, atMost, now: () => now });

test('points add up within a window and begin anew after it', () => {
  const kept = counters(10);
  expect(kept.add('ana')).toEqual({ consumed: 1, msLeft: 60_000 });
  now += 59_999;
  expect(kept.add('ana', 4)).toEqual({ consumed: 5, msLeft: 1 });
  now += 1;
  expect(kept.add('ana')).toEqual({ consumed: 1, msLeft: 60_000 });
});

test('windows that are over leave when the next one opens', () => {
  const kept = counters(100);
  for (let n = 0; n < 50; n++) kept.add(String(n));
  now += 60_000;
  kept.add('late');
  expect(kept.size).toBe(1);
});

test('a million keys take no more room than the bound', () => {
  const kept = counters(10_000);
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < 1_000_000; n++) kept.add(`2001:db8:${n.toString(16)}::/64`);
  expect(kept.size).toBe(10_000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200 * 1024 * 1024);
});

test('a flood of new keys does not reset a key that is over its budget', () => {
  const kept = counters(1_000);
  kept.add('attacker', 500);
  for (let n = 0; n < 100_000; n++) kept.add(`key ${String(n)}`);
  expect(kept.add('attacker').consumed).toBe(501);
});
