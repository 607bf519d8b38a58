import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModuleDefinition } from '../../src/kernel/module.ts';
import { newSecret } from '../../src/kernel/ids.ts';
import type { Config } from '../../src/host/config.ts';
import { createTestDatabase } from './database.ts';
import { openTestApp, type TestApp } from './app.ts';
import { Team } from './team.ts';

export interface Replicas {
  readonly nodes: readonly TestApp[];
  /** Devices of its people are spread over the nodes. */
  readonly team: Team;
  close(): Promise<void>;
}

/** Equal nodes on one database that meet in Redis; `redisUrls` may lead each of them another way. */
export async function openReplicas(
  redisUrls: readonly string[],
  changes: Partial<Config> = {},
  definitions?: readonly ModuleDefinition[],
): Promise<Replicas> {
  const database = await createTestDatabase();
  const config = { ...changes, secret: newSecret(), publicUrl: 'http://localhost:3000' };
  const sharedMedia = await mkdtemp(join(tmpdir(), 'confab-media-'));
  const nodes = await Promise.all(
    redisUrls.map((redisUrl) => openTestApp({ config: { ...config, redisUrl }, database, sharedMedia, definitions })),
  );
  const dataDir = nodes[0]?.config.dataDir ?? '';
  const team = await Team.create(
    nodes.map(({ url }) => url),
    dataDir,
  );
  return {
    nodes,
    team,
    close: async () => {
      await team.leaves();
      await Promise.all(nodes.map((node) => node.close()));
      await database.drop();
      await rm(sharedMedia, { recursive: true, force: true });
    },
  };
}
