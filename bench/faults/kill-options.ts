import { parseArgs } from 'node:util';
import { severals, type Store, stores } from '../rig/shapes.ts';

const topologies = ['solo', ...severals] as const;
type Topology = (typeof topologies)[number];

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  readonly writers: number;
  readonly topology: Topology;
  readonly store: Store;
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
      away: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const topology = oneOf('--topology', values.topology, topologies);
  const store = oneOf('--store', values.store, stores);
  if (store === 'mongo' && topology === 'solo') throw new Error('--store mongo needs --topology replicas or split');
  return {
    kills: whole('--kills', values.kills) ?? 50,
    seed: whole('--seed', values.seed) ?? now % 1_000_000,
    writers: whole('--writers', values.writers) ?? 8,
    topology,
    store,
    awaySeconds: whole('--away', values.away) ?? 30,
    json: values.json,
  };
}

function oneOf<T extends string>(flag: string, name: string, known: readonly T[]): T {
  const found = known.find((each) => each === name);
  if (found === undefined) throw new Error(`${flag} ${name} is not known here; known: ${known.join(', ')}`);
  return found;
}

function whole(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new Error(`${flag} must be a whole number from 1, not ${value}`);
  return Number(value);
}
