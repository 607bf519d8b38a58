import { randomBytes } from 'node:crypto';
import { RealServers } from '../rig/real-servers.ts';
import { Fleet } from './fleet.ts';
import type { Store } from './kill-options.ts';
import type { Seeded } from './seeded.ts';

interface ReplicasPlan {
  readonly port: number;
  readonly home: string;
  readonly kills: number;
  readonly store: Store;
  readonly dice: Seeded;
  readonly awayMs: number;
  readonly acked: () => number;
}

/**
 * Three equal nodes on one PostgreSQL that meet in Redis, one of them killed every five seconds, and Redis once. A MongoDB
 * beside them may keep the conversations.
 */
export async function replicas({ port, home, kills, store, dice, awayMs, acked }: ReplicasPlan): Promise<Fleet> {
  const servers = await RealServers.up(['postgres', 'redis', ...(store === 'mongo' ? ['mongodb'] : [])]);
  const env = { ...(await servers.env()), CONFAB_SECRET: randomBytes(24).toString('base64url') };
  const members = ['north', 'east', 'south'].map((name) => ({ name, env, isDoor: true }));
  return Fleet.start({ members, servers, crashes: ['redis'], kills, everyMs: 5_000, port, home, dice, awayMs, acked });
}
