import { ownPrefix, openRedis } from '../../../../test/harness/redis.ts';
import { requireService } from '../../../../test/harness/services.ts';
import type { RedisServer } from '../../../infra/redis/redis.ts';
import { leaseStoreSuite } from './lease-store.suite.ts';
import { RedisLeases } from './redis-leases.ts';

const phone = { connectionId: 'phone', userId: '0197a2b0-7c1e-7d3a-9b1f-000000000001' };
const laptop = { connectionId: 'laptop', userId: phone.userId };

requireService('redis').describe('RedisLeases', (url) => {
  const opened: RedisServer[] = [];
  const open = async (prefix?: string): Promise<RedisLeases> => {
    const redis = await openRedis(url, prefix);
    opened.push(redis);
    return new RedisLeases(redis);
  };
  afterEach(() => {
    for (const redis of opened.splice(0)) redis.close();
  });

  leaseStoreSuite(() => open());

  test('of several nodes one gets who came and one who went', async () => {
    const prefix = ownPrefix();
    const nodes = await Promise.all([open(prefix), open(prefix), open(prefix)]);
    const arrivals = await Promise.all(nodes.map((node, index) => node.hold([{ ...phone, connectionId: String(index) }], 100)));
    expect(arrivals.flat()).toEqual([phone.userId]);
    const departures = await Promise.all(nodes.map((node) => node.expire(100)));
    expect(departures.flat()).toEqual([phone.userId]);
  });

  test('a person with sockets on two nodes is online while either is', async () => {
    const prefix = ownPrefix();
    const [one, other] = [await open(prefix), await open(prefix)];
    await one.hold([phone], 100);
    await other.hold([laptop], 300);
    expect(await one.expire(200)).toEqual([]);
    await other.release([laptop], 250);
    // Each node measures the server's clock for itself, to a millisecond or so.
    expect(await one.expire(300)).toEqual([phone.userId]);
    expect(await other.count()).toBe(0);
  });

  test('more people than one script takes', async () => {
    const leases = await open();
    const many = Array.from({ length: 2_500 }, (_, index) => ({ connectionId: 'page', userId: `user-${String(index)}` }));
    expect(await leases.hold(many, 100)).toHaveLength(2_500);
    expect((await leases.online(many.map(({ userId }) => userId))).size).toBe(2_500);
    await leases.release(many, 50);
    const left = [...(await leases.expire(60)), ...(await leases.expire(60)), ...(await leases.expire(60))];
    expect(new Set(left).size).toBe(2_500);
  });

  test('without its server it is unavailable', async () => {
    const redis = await openRedis(url);
    redis.close();
    await expect(new RedisLeases(redis).count()).rejects.toMatchObject({ code: 'unavailable', retryAfter: 1 });
  });
});
