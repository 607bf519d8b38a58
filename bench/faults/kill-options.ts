import { parseArgs } from 'node:util';

const topologies = ['solo', 'replicas'] as const;
export type Topology = (typeof topologies)[number];

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  readonly writers: number;
  readonly topology: Topology;
  /** How long a crashed server stays away. */
  readonly awaySeconds: number;
  readonly json: string | undefined;
}

export const usage = `npm run test:kill -- [options]
  --kills N     how often to kill (50)
  --seed N      plays the same plan of kills and the same choices of the senders again (drawn from the clock)
  --writers N   senders, each with several changes under way at a time (8)
  --topology T  solo: one process with its database; replicas: three nodes and 300 clients on real servers of their own (solo)
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
      away: { type: 'string' },
      json: { type: 'string' },
    },
  });
  return {
    kills: whole('--kills', values.kills) ?? 50,
    seed: whole('--seed', values.seed) ?? now % 1_000_000,
    writers: whole('--writers', values.writers) ?? 8,
    topology: topologyNamed(values.topology),
    awaySeconds: whole('--away', values.away) ?? 30,
    json: values.json,
  };
}

function topologyNamed(name: string): Topology {
  const known = topologies.find((each) => each === name);
  if (known === undefined) throw new Error(`--topology ${name} is not known here; known: ${topologies.join(', ')}`);
  return known;
}

function whole(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new Error(`${flag} must be a whole number from 1, not ${value}`);
  return Number(value);
}
