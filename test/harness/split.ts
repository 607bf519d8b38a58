import type { Config } from '../../src/host/config.ts';
import { moduleNames } from '../../src/host/modules.ts';
import type { ModuleDefinition } from '../../src/kernel/module.ts';
import { newSecret } from '../../src/kernel/ids.ts';
import { createTestDatabase } from './database.ts';
import { eventually } from './eventually.ts';
import { openTestApp, type TestApp } from './app.ts';
import { forgetApps } from './rabbit.ts';
import { Team } from './team.ts';

type Parts = Readonly<Record<string, Partial<Config>>>;

export interface Split<Name extends string> {
  /** The process of this name. */
  at(name: Name): TestApp;
  readonly team: Team;
  /** Starts the process of this name anew, after it has stopped. */
  restart(name: Name): Promise<TestApp>;
  close(): Promise<void>;
}

/** A process for each module, of its name, and one with the transports alone. */
export const onePerModule: Parts = {
  gateway: { modules: [] },
  ...Object.fromEntries(moduleNames.map((name) => [name, { modules: [name], transports: [] }])),
};

/** Apps that run parts of one team on one database and meet at a real RabbitMQ. */
export async function openSplit<P extends Parts>(
  amqpUrl: string,
  parts: P,
  definitions?: readonly ModuleDefinition[],
): Promise<Split<keyof P & string>> {
  const database = await createTestDatabase();
  const secret = newSecret();
  const apps = new Map<string, TestApp>();
  const start = async (name: string): Promise<TestApp> => {
    const config = { secret, amqpUrl, publicUrl: 'http://localhost:3000', ...parts[name] };
    const app = await openTestApp({ config, database, definitions });
    apps.set(name, app);
    return app;
  };
  await Promise.all(Object.keys(parts).map(start));
  const all = [...apps.values()];
  await Promise.all(all.filter(({ config }) => config.transports.includes('http')).map(knowsAll));
  const home = all.find(({ config }) => config.modules.includes('auth'));
  const team = await Team.create(
    all.filter(({ config }) => config.transports.length > 0).map(({ url }) => url),
    home?.config.dataDir ?? '',
  );
  return {
    at: (name) => {
      const app = apps.get(name);
      if (!app) throw new Error(`There is no process ${name}.`);
      return app;
    },
    team,
    restart: start,
    close: async () => {
      await team.leaves();
      await Promise.all([...apps.values()].map((app) => app.close()));
      await database.drop();
      await forgetApps(amqpUrl, secret);
    },
  };
}

/** A gateway learns within a second or two after its start which processes there are; routes need to know. */
const knowsAll = ({ url }: TestApp): Promise<void> =>
  eventually(async () => {
    const { checks } = (await (await fetch(`${url}/health/ready`)).json()) as { checks: { name: string; ok: boolean }[] };
    expect(checks.filter(({ name, ok }) => name.startsWith('module ') && !ok)).toEqual([]);
  }, 30_000);

/** Modules but these. */
export const allBut = (...names: readonly string[]) => moduleNames.filter((name) => !names.includes(name));
