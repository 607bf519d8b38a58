import { openRedis, ownPrefix } from '../../../test/harness/redis.ts';
import { requireService } from '../../../test/harness/services.ts';
import { RedisWire } from './redis-wire.ts';
import { wireSuite } from '../cluster/wire.suite.ts';

requireService('redis').describe('RedisWire', (url) => {
  wireSuite({
    url,
    team: ownPrefix,
    open: async (address, prefix) => {
      const redis = await openRedis(address, prefix);
      return {
        wire: new RedisWire(redis),
        put: (content) => redis.commands.publish(`${prefix}live`, content),
        close: () => {
          redis.close();
        },
      };
    },
  });
});
