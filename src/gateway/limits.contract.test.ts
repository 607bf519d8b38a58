import { CutWire } from '../../test/harness/cut-wire.ts';
import { openRedis, ownPrefix } from '../../test/harness/redis.ts';
import { requireService } from '../../test/harness/services.ts';
import { budgets, redisLimits } from './limits.ts';

requireService('redis').describe('limits that nodes share', (url) => {
  test('a budget is spent on all nodes together', async () => {
    const prefix = ownPrefix();
    const servers = [await openRedis(url, prefix), await openRedis(url, prefix)];
    const nodes = servers.map((server) => redisLimits(server));
    for (let n = 0; n < budgets.search.points; n++) await nodes[n % 2]?.spend('search', 'ana');
    for (const node of nodes) {
      await expect(node.spend('search', 'ana')).rejects.toMatchObject({ code: 'rate_limited', retryAfter: expect.any(Number) });
      await expect(node.spend('read', 'ana')).resolves.toMatchObject({ limit: budgets.read.points });
    }
    for (const server of servers) server.close();
  });

  test('networks and the cost of long answers are counted on all nodes together', async () => {
    const prefix = ownPrefix();
    const servers = [await openRedis(url, prefix), await openRedis(url, prefix)];
    const [one, other] = servers.map((server) => redisLimits(server));
    for (let n = 0; n < 60; n++) await [one, other][n % 2]?.spendUnknown('credentials', `2001:db8::${String(n)}`);
    await expect(one?.spendUnknown('credentials', '2001:db8::ffff')).rejects.toMatchObject({ code: 'rate_limited' });
    await expect(one?.spendUnknown('credentials', '2001:db8:0:1::1')).resolves.toMatchObject({ remaining: 59 });
    one?.spendLater('read', 'ana', budgets.read.points);
    await expect(other?.spend('read', 'ana')).rejects.toMatchObject({ code: 'rate_limited' });
    for (const server of servers) server.close();
  });

  test('a network gets more at once where the scale is raised, and less where it is lowered', async () => {
    const redis = await openRedis(url, ownPrefix());
    let scale = 1;
    const limits = redisLimits(redis, () => scale);
    const ask = () => limits.spendUnknown('credentials', '192.0.2.7');
    for (let n = 0; n < 60; n++) await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'rate_limited' });
    scale = 2;
    await expect(ask()).resolves.toMatchObject({ limit: 120, remaining: 58 });
    scale = 1;
    await expect(ask()).rejects.toMatchObject({ code: 'rate_limited' });
    redis.close();
  });

  test('while the server is away each node counts for itself, and nobody is refused for it', async () => {
    const wire = await CutWire.to(url);
    const redis = await openRedis(wire.url);
    const limits = redisLimits(redis);
    wire.cut();
    for (let n = 0; n < budgets.search.points; n++) await limits.spend('search', 'ana');
    await expect(limits.spend('search', 'ana')).rejects.toMatchObject({ code: 'rate_limited' });
    redis.close();
    await wire.close();
  });
});
