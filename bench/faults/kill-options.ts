import { parseArgs } from 'node:util';
import { oneOf } from '../rig/one-of.ts';
import { severals, type Store, stores } from '../rig/shapes.ts';

const topologies = ['solo', ...severals] as const;
const crashable = ['redis', 'rabbitmq', 'postgres', 'mongodb'] as const;
type Topology = (typeof topologies)[number];

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  readonly writers: number;
  readonly topology: Topology;
  readonly store: Store;
  /** The server that crashes once: what the processes meet in, unless another is named. */
  readonly crash: string | undefined;
  /** How long a crashed server stays away. */
  readonly awaySeconds: number;
  readonly json: string | undefined;
}

export const usage = `npm run test:kill -- [options]
  --kills N     how often to kill (50)
  --seed N      plays the same plan of kills and the same choices of the senders again (drawn from the clock)
  --writers N   senders, each with several changes under way at a time (8)
  --topology T  solo: one process with its database; replicas: three nodes; split: a process per module; both with 300 clients and
                on real servers of their own (solo)
  --store S     where conversations are kept: postgres, or mongo, not with solo (postgres)
  --crash S     the server beside several nodes that crashes in the middle: redis, rabbitmq (with replicas: they meet there then), postgres or
                mongodb (redis with replicas, rabbitmq with split)
  --away N      seconds that a crashed server of several nodes stays away (30)
  --json FILE   all figures as JSON`;

/** Throws with a message for people when something is not understood. */
export function readKillOptions(args: readonly string[], now: number): KillOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kills: { type: 'string' },
      seed: { type: 'string' },
      writers: { type: 'string' },
      topology: { type: 'string', default: 'solo' },
      store: { type: 'string', default: 'postgres' },
      crash: { type: 'string' },
      away: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const topology = oneOf('--topology', values.topology, topologies);
  const store = oneOf('--store', values.store, stores);
  const crash = values.crash === undefined ? undefined : oneOf('--crash', values.crash, crashable);
  if (topology === 'solo' && (store === 'mongo' || crash !== undefined))
    throw new Error('--store mongo and --crash need --topology replicas or split');
  if (crash === 'mongodb' && store !== 'mongo') throw new Error('--crash mongodb needs --store mongo');
  if (crash === 'redis' && topology === 'split') throw new Error('--crash redis needs --topology replicas');
  return {
    kills: whole('--kills', values.kills) ?? 50,
    seed: whole('--seed', values.seed) ?? now % 1_000_000,
    writers: whole('--writers', values.writers) ?? 8,
    topology,
    store,
    crash,
    awaySeconds: whole('--away', values.away) ?? 30,
    json: values.json,
  };
}

function whole(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new Error(`${flag} must be a whole number from 1, not ${value}`);
  return Number(value);
}
