import { parseArgs } from 'node:util';
import { oneOf } from '../rig/one-of.ts';
import { type Several, severals, type Store, stores } from '../rig/shapes.ts';

const topologies = ['solo', ...severals] as const;

export interface AttackOptions {
  readonly topology: 'solo' | Several;
  readonly store: Store;
  /** Names of the attacks to play; empty: all. */
  readonly only: readonly string[];
  readonly json: string | undefined;
}

export const usage = `npm run test:attack -- [options]
  --topology T  solo, replicas (three nodes over Redis) or split (a process per module over RabbitMQ) (solo)
  --store S     where conversations are kept: postgres or mongo (postgres)
  --only NAME   plays one attack; may be given several times (all)
  --json FILE   all figures as JSON`;

/** Throws with a message for people when something is not understood. */
export function readAttackOptions(args: readonly string[], known: readonly string[]): AttackOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      topology: { type: 'string', default: 'solo' },
      store: { type: 'string', default: 'postgres' },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
    },
  });
  return {
    topology: oneOf('--topology', values.topology, topologies),
    store: oneOf('--store', values.store, stores),
    only: values.only.map((name) => oneOf('--only', name, known)),
    json: values.json,
  };
}
