import { openRedis } from '../../../../test/harness/redis.ts';
import { requireService } from '../../../../test/harness/services.ts';
import type { RedisServer } from '../../../kernel/redis/redis.ts';
import { guessTalliesSuite } from './guess-tallies.suite.ts';
import { RedisTallies } from './redis-tallies.ts';

requireService('redis').describe('RedisTallies', (url) => {
  let redis: RedisServer;
  afterEach(() => {
    redis.close();
  });

  guessTalliesSuite(async () => {
    redis = await openRedis(url);
    return new RedisTallies(redis);
  });

  test('keys tell nothing of what was typed and end by themselves', async () => {
    await new RedisTallies(redis).count([{ key: 'pair ana', freeFailures: 5, longestWaitMs: 1_000 }], Date.now());
    const keys = await redis.commands.keys(`${redis.prefix}*`);
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toContain('ana');
    expect(await redis.commands.pttl(keys[0] ?? '')).toBeGreaterThan(3_500_000);
  });
});
