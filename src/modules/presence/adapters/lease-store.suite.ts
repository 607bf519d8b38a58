import type { LeaseStore } from '../ports.ts';

/** What every store of leases must do. */
export function leaseStoreSuite(create: () => Promise<LeaseStore> | LeaseStore): void {
  const phone = { connectionId: 'phone', userId: '0197a2b0-7c1e-7d3a-9b1f-000000000001' };
  const laptop = { connectionId: 'laptop', userId: phone.userId };
  const other = { connectionId: 'other', userId: '0197a2b0-7c1e-7d3a-9b1f-000000000002' };
  let leases: LeaseStore;
  beforeEach(async () => {
    leases = await create();
  });

  test('only the first lease of a person is an arrival', async () => {
    expect(await leases.hold([phone], 100)).toEqual([phone.userId]);
    expect(await leases.hold([phone, laptop], 200)).toEqual([]);
    expect(await leases.hold([other], 200)).toEqual([other.userId]);
    expect(await leases.count()).toBe(2);
  });

  test('a person leaves with their last lease, not before', async () => {
    await leases.hold([phone, laptop], 100);
    await leases.release([phone], 10);
    expect(await leases.expire(50)).toEqual([]);
    expect(await leases.online([phone.userId, other.userId])).toEqual(new Set([phone.userId]));
    await leases.release([laptop], 60);
    expect(await leases.expire(60)).toEqual([phone.userId]);
    expect(await leases.expire(1_000)).toEqual([]);
    expect(await leases.count()).toBe(0);
  });

  test('a lease that nobody renews ends by itself', async () => {
    await leases.hold([phone, other], 100);
    await leases.hold([other], 300);
    expect(await leases.expire(100)).toEqual([phone.userId]);
    expect(await leases.online([phone.userId, other.userId])).toEqual(new Set([other.userId]));
  });

  test('a release never makes a lease longer, and one of a stranger is nothing', async () => {
    await leases.hold([phone], 100);
    await leases.release([phone, other], 900);
    expect(await leases.expire(100)).toEqual([phone.userId]);
    expect(await leases.count()).toBe(0);
  });

  test('a socket that comes back within its last moments is no arrival', async () => {
    await leases.hold([phone], 100);
    await leases.release([phone], 50);
    expect(await leases.hold([laptop], 200)).toEqual([]);
    expect(await leases.expire(60)).toEqual([]);
  });
}
