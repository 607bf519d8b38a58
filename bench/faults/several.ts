import { randomBytes } from 'node:crypto';
import { RealServers } from '../rig/real-servers.ts';
import { shapeOf, type Several, type Store } from '../rig/shapes.ts';
import { Fleet } from './fleet.ts';

interface SeveralPlan {
  readonly topology: Several;
  readonly store: Store;
  readonly crash: string | undefined;
  readonly port: number;
  readonly home: string;
  readonly kills: number;
  readonly awayMs: number;
  readonly acked: () => number;
}

/**
 * Three equal nodes on one PostgreSQL that meet in Redis, or a process for each module that meet at RabbitMQ. One of them
 * is killed every five seconds, in turns, and one of the servers once. A MongoDB may keep the conversations.
 */
export async function several({ topology, store, crash, ...plan }: SeveralPlan): Promise<Fleet> {
  const { servers: names, parts } = shapeOf(topology, store, 3);
  const victim = crash ?? (topology === 'split' ? 'rabbitmq' : 'redis');
  const servers = await RealServers.up([...new Set([...names, victim])]);
  const env = { ...(await servers.env()), CONFAB_SECRET: randomBytes(24).toString('base64url') };
  const members = parts.map((part) => ({ ...part, env: { ...env, ...part.env } }));
  // Gateways without modules have nobody to send to while RabbitMQ is away, and what is acked lies in a database.
  const stopsSends = topology === 'split' || victim === 'postgres' || victim === 'mongodb';
  return Fleet.start({ members, servers, crash: { name: victim, stopsSends }, everyMs: 5_000, ...plan });
}
