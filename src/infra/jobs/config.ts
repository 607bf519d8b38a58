import { choice } from '../../kernel/config/texts.ts';
import { defineConfig, variable } from '../../kernel/config/variable.ts';

export const jobsConfig = defineConfig({
  title: 'Background jobs',
  variables: {
    jobs: variable({
      name: 'CONFAB_JOBS',
      meaning:
        'where background jobs wait: `postgres`, or `redis`, which then must not evict (`maxmemory-policy noeviction`) and should keep what it holds on disk',
      is: choice('postgres', 'redis'),
      default: 'postgres',
    }),
  },
  contradictions: ({ jobs }, isGiven) =>
    jobs === 'redis' && !isGiven('REDIS_URL')
      ? [{ between: ['CONFAB_JOBS', 'REDIS_URL'], fault: 'CONFAB_JOBS is redis: say which in REDIS_URL, as redis://host:6379.' }]
      : [],
});
