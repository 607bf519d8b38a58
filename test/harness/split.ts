import { type Config, moduleNames } from '../../src/host/config.ts';
import { newSecret } from '../../src/kernel/ids.ts';
import { createTestDatabase } from './database.ts';
import { openTestHouse, type TestHouse } from './house.ts';
import { forgetHouses } from './rabbit.ts';
import { Team } from './team.ts';

type Parts = Readonly<Record<string, Partial<Config>>>;

export interface Split<Name extends string> {
  /** The process of this name. */
  at(name: Name): TestHouse;
  readonly team: Team;
  /** Starts the process of this name anew, after it has stopped. */
  restart(name: Name): Promise<TestHouse>;
  close(): Promise<void>;
}

/** A process for each module and one with the doors alone. */
export const onePerModule = {
  gateway: { modules: [] },
  auth: { modules: ['auth'], doors: [] },
  chat: { modules: ['chat'], doors: [] },
  presence: { modules: ['presence'], doors: [] },
  admin: { modules: ['admin'], doors: [] },
} as const satisfies Parts;

/** Houses that run parts of one team on one database and meet at a real RabbitMQ. */
export async function openSplit<P extends Parts>(amqpUrl: string, parts: P): Promise<Split<keyof P & string>> {
  const database = await createTestDatabase();
  const secret = newSecret();
  const houses = new Map<string, TestHouse>();
  const start = async (name: string): Promise<TestHouse> => {
    const config = { secret, amqpUrl, publicUrl: 'http://localhost:3000', ...parts[name] };
    const house = await openTestHouse({ config, database });
    houses.set(name, house);
    return house;
  };
  await Promise.all(Object.keys(parts).map(start));
  const all = [...houses.values()];
  const home = all.find(({ config }) => config.modules.includes('auth'));
  const team = await Team.create(
    all.filter(({ config }) => config.doors.length > 0).map(({ url }) => url),
    home?.config.dataDir ?? '',
  );
  return {
    at: (name) => houses.get(name) as TestHouse,
    team,
    restart: start,
    close: async () => {
      await team.leaves();
      await Promise.all([...houses.values()].map((house) => house.close()));
      await database.drop();
      await forgetHouses(amqpUrl, secret);
    },
  };
}

/** Modules but these. */
export const allBut = (...names: readonly (typeof moduleNames)[number][]) => moduleNames.filter((name) => !names.includes(name));
