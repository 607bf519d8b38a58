import type { Database } from '../../../kernel/database.ts';
import type { Stores } from '../store-ports.ts';
import { PostgresDeliveries } from './deliveries/postgres.ts';
import { PostgresEntries } from './entries/postgres.ts';
import { PostgresFailures } from './failures/postgres.ts';
import { PostgresFigures } from './figures/postgres.ts';
import { PostgresInbox } from './inbox/postgres.ts';
import { PostgresRules } from './rule-store/postgres.ts';
import { PostgresSubscriptions } from './subscriptions/postgres.ts';
import { PostgresTraces } from './traces/postgres.ts';

/** The stores of the pipeline, in the database of the app. */
export const openStores = (database: Database): Stores => ({
  rules: new PostgresRules(database),
  inbox: new PostgresInbox(database),
  entries: new PostgresEntries(database),
  deliveries: new PostgresDeliveries(database),
  subscriptions: new PostgresSubscriptions(database),
  traces: new PostgresTraces(database),
  failures: new PostgresFailures(database),
  figures: new PostgresFigures(database),
});
