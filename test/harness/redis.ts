import { newId } from '../../src/kernel/ids.ts';
import { RedisServer } from '../../src/infra/redis/redis.ts';
import { silentLogger } from '../../src/kernel/telemetry/logger.ts';
import { eventually } from './eventually.ts';

export const ownPrefix = (): string => `confab-test:${newId()}:`;

/** A connected Redis with keys of its own. */
export async function openRedis(url: string, prefix = ownPrefix()): Promise<RedisServer> {
  const redis = new RedisServer(url, { prefix, logger: silentLogger });
  await eventually(() => redis.check());
  return redis;
}
