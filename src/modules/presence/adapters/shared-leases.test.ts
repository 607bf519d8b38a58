import { AppError } from '../../../kernel/errors.ts';
import type { LeaseStore } from '../ports.ts';
import { leaseStoreSuite } from './lease-store.suite.ts';
import { MemoryLeases } from './memory-leases.ts';
import { SharedLeases } from './shared-leases.ts';

const ana = { connectionId: 'phone', userId: '0197a2b0-7c1e-7d3a-9b1f-000000000001' };
const boris = { connectionId: 'laptop', userId: '0197a2b0-7c1e-7d3a-9b1f-000000000002' };
const away = (): Promise<never> => Promise.reject(new AppError('unavailable'));
const awayStore: LeaseStore = { hold: away, release: away, expire: away, online: away, count: away };

describe('with the shared store', () => {
  leaseStoreSuite(() => new SharedLeases(new MemoryLeases(), new MemoryLeases()));
});

describe('without it', () => {
  leaseStoreSuite(() => new SharedLeases(awayStore, new MemoryLeases()));
});

test('a node knows of the others through the shared store, and of its own without it', async () => {
  const shared = new MemoryLeases();
  const own = new MemoryLeases();
  await new SharedLeases(shared, new MemoryLeases()).hold([boris], 100);
  const here = new SharedLeases(shared, own);
  await here.hold([ana], 100);
  expect(await here.online([ana.userId, boris.userId])).toEqual(new Set([ana.userId, boris.userId]));
  expect(await new SharedLeases(awayStore, own).online([ana.userId, boris.userId])).toEqual(new Set([ana.userId]));
});

test('what closed while the shared store was away is reported to it afterwards', async () => {
  const shared = new MemoryLeases();
  let isAway = false;
  const flaky: LeaseStore = {
    hold: (connections, until) => shared.hold(connections, until),
    release: (connections, until) => (isAway ? away() : shared.release(connections, until)),
    expire: (now) => (isAway ? away() : shared.expire(now)),
    online: (userIds) => shared.online(userIds),
    count: () => shared.count(),
  };
  const leases = new SharedLeases(flaky, new MemoryLeases());
  await leases.hold([ana, boris], 20_000);
  isAway = true;
  await leases.release([ana], 3_000);
  expect(await leases.expire(4_000)).toEqual([ana.userId]);
  isAway = false;
  expect(await leases.expire(5_000)).toEqual([ana.userId]);
  expect(await shared.online([ana.userId, boris.userId])).toEqual(new Set([boris.userId]));
});
