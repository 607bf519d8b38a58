import { Traffic } from './traffic.ts';

test('traffic is what arrived in this second or the one before', () => {
  let now = 0;
  const traffic = new Traffic({ now: () => now, timestamp: () => '', monotonic: () => now });
  traffic.add(49);
  expect(traffic.isBusy).toBe(false);
  traffic.add(1);
  expect(traffic.isBusy).toBe(true);
  now = 1_999;
  expect(traffic.isBusy).toBe(true);
  now = 2_000;
  expect(traffic.isBusy).toBe(false);
});
