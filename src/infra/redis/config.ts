import { serverUrl } from '../../kernel/config/server-url.ts';
import { defineConfig, variable } from '../../kernel/config/variable.ts';
import { withoutSecrets } from '../../kernel/server-address.ts';

export const redisConfig = defineConfig({
  title: 'Redis',
  variables: {
    redisUrl: variable({
      name: 'REDIS_URL',
      meaning: 'a Redis 6.2 or later, `redis://` or `rediss://`, where several nodes meet',
      is: serverUrl(['redis', 'rediss'], 'redis://host:6379'),
      example: 'redis://:password@redis.internal:6379',
      shown: withoutSecrets,
    }),
  },
});
