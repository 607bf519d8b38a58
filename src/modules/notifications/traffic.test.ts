import { Traffic } from './traffic.ts';

test('traffic is what arrived in this second or the one before; the more there is, the longer the rests', () => {
  let now = 0;
  const traffic = new Traffic({ now: () => now, timestamp: () => '', monotonic: () => now });
  const rests = () => [traffic.restsTimes, traffic.restsMs];
  traffic.add(49);
  expect(rests()).toEqual([0, 0]);
  traffic.add(1);
  expect(rests()).toEqual([1, 0]);
  traffic.add(150);
  expect(rests()).toEqual([4, 40]);
  traffic.add(10_000);
  expect(rests()).toEqual([16, 40]);
  now = 1_999;
  expect(rests()).toEqual([16, 40]);
  now = 2_000;
  expect(rests()).toEqual([0, 0]);
});
