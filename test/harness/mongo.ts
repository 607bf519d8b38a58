import { MongoDatabase } from '../../src/infra/mongo/mongo-database.ts';
import { newId } from '../../src/kernel/ids.ts';
import { silentLogger } from '../../src/kernel/telemetry/logger.ts';

export interface TestMongo {
  readonly url: string;
  /** Another connection to it; whoever opens it closes it. */
  open(): Promise<MongoDatabase>;
  drop(): Promise<void>;
}

/** A database of its own on the server at `url`: make it in `beforeAll`, drop it in `afterAll`. */
export function createTestMongo(url: string): TestMongo {
  const own = new URL(url);
  own.pathname = `/t_${newId().replaceAll('-', '')}`;
  const open = () => MongoDatabase.connect(own.href, silentLogger);
  return {
    url: own.href,
    open,
    drop: async () => {
      const mongo = await open();
      await mongo.drop();
      await mongo.close();
    },
  };
}
