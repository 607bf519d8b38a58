import { openRedis } from '../../../../test/harness/redis.ts';
import { requireService } from '../../../../test/harness/services.ts';
import type { RedisServer } from '../../../infra/redis/redis.ts';
import { failedLoginCountersSuite } from './failed-login-counters.suite.ts';
import { RedisFailedLogins } from './redis-failed-logins.ts';

requireService('redis').describe('RedisFailedLogins', (url) => {
  let redis: RedisServer;
  afterEach(() => {
    redis.close();
  });

  failedLoginCountersSuite(async () => {
    redis = await openRedis(url);
    return new RedisFailedLogins(redis);
  });

  test('keys show nothing of what was typed and expire', async () => {
    await new RedisFailedLogins(redis).count([{ key: 'pair ana', freeFailures: 5, longestWaitMs: 1_000 }], Date.now());
    const keys = await redis.commands.keys(`${redis.prefix}*`);
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toContain('ana');
    expect(await redis.commands.pttl(keys[0] ?? '')).toBeGreaterThan(3_500_000);
  });
});
