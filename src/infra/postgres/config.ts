import { serverUrl } from '../../kernel/config/server-url.ts';
import { defineConfig, variable } from '../../kernel/config/variable.ts';
import { withoutSecrets } from '../../kernel/server-address.ts';

export const databaseAddress = serverUrl(['postgres', 'postgresql'], 'postgresql://user:password@host:port/database');

export const postgresConfig = defineConfig({
  title: 'PostgreSQL',
  variables: {
    databaseUrl: variable({
      name: 'DATABASE_URL',
      meaning: 'a PostgreSQL 14 or later to use instead, UTF-8, with durable settings',
      is: databaseAddress,
      otherwise: 'embedded, or where the team has moved',
      example: 'postgresql://confab:password@db.internal:5432/confab',
      shown: withoutSecrets,
    }),
  },
});
