import { serverUrl } from '../../kernel/config/server-url.ts';
import { defineConfig, variable } from '../../kernel/config/variable.ts';
import { withoutSecrets } from '../../kernel/server-address.ts';

export const mongoAddress = serverUrl(['mongodb', 'mongodb+srv'], 'mongodb://host:port/database');

export const mongoConfig = defineConfig({
  title: 'MongoDB',
  variables: {
    mongoUrl: variable({
      name: 'MONGO_URL',
      meaning:
        'a MongoDB 5 or later, `mongodb://` or `mongodb+srv://`, that keeps conversations and messages in place of PostgreSQL; of those that were moved, PostgreSQL knows the address',
      is: mongoAddress,
      example: 'mongodb://confab:password@db.internal:27017/confab?replicaSet=rs0',
      shown: withoutSecrets,
    }),
  },
});
