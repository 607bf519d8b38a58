import { type Config, moduleNames } from '../../src/host/config.ts';
import { newSecret } from '../../src/kernel/ids.ts';
import { createTestDatabase } from './database.ts';
import { openTestHouse, type TestHouse } from './house.ts';
import { forgetHouses } from './rabbit.ts';
import { Team } from './team.ts';

type ModuleName = (typeof moduleNames)[number];

export interface Split {
  readonly gateway: TestHouse;
  /** The house of each module, which opens no doors but those of health. */
  readonly houses: ReadonlyMap<ModuleName, TestHouse>;
  readonly team: Team;
  /** Starts another house of this module, as after a crash. */
  start(module: ModuleName): Promise<TestHouse>;
  close(): Promise<void>;
}

/** A house for each module and one with the doors, on one database; they meet at a real RabbitMQ. */
export async function openSplit(amqpUrl: string, changes: Partial<Config> = {}): Promise<Split> {
  const database = await createTestDatabase();
  const secret = newSecret();
  const shared = { ...changes, secret, amqpUrl, publicUrl: 'http://localhost:3000' };
  const opened: TestHouse[] = [];
  const open = async (config: Partial<Config>): Promise<TestHouse> => {
    const house = await openTestHouse({ config: { ...shared, ...config }, database });
    opened.push(house);
    return house;
  };
  const start = (module: ModuleName): Promise<TestHouse> => open({ modules: [module], doors: [] });
  const gateway = await open({ modules: [] });
  const houses = new Map(await Promise.all(moduleNames.map(async (name) => [name, await start(name)] as const)));
  const team = await Team.create([gateway.url], houses.get('auth')?.config.dataDir ?? '');
  return {
    gateway,
    houses,
    team,
    start,
    close: async () => {
      await team.leaves();
      await Promise.all(opened.map((house) => house.close()));
      await database.drop();
      await forgetHouses(amqpUrl, secret);
    },
  };
}
