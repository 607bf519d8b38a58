import { parseArgs } from 'node:util';
import { besideShorter, comparisonOf } from '../goals.ts';
import { oneOf } from './one-of.ts';
import { severals, type Store, stores } from './shapes.ts';
import { workloadNames, type WorkloadName } from '../workloads/workload.ts';

const topologies = ['solo', ...severals] as const;
type Topology = (typeof topologies)[number];

export interface BenchOptions {
  readonly workloads: readonly WorkloadName[];
  readonly rounds: number;
  readonly quick: boolean;
  readonly check: boolean;
  readonly json: string | undefined;
  readonly window: number | undefined;
  /** Both of a comparison when undefined. */
  readonly only: string | undefined;
  readonly topology: Topology;
  readonly store: Store;
  /** Messages of the two histories that `grow` compares. */
  readonly sizes: readonly [number, number];
  readonly keep: boolean;
}

export const usage = `npm run bench -- [options]
  --workload NAME   ${workloadNames.join(', ')}; may be given several times (all)
  --rounds N        rounds per workload, medians are taken (3; with --quick 1)
  --quick           short phases, one round
  --check           exit 1 when a goal is missed or a message went astray
  --json FILE       all figures as JSON
  --window N        messages in flight per writer at saturation
  --only NAME       one of the two systems alone, without ratios (for profiling)
  --topology NAME   solo: beside raw; replicas: two nodes over Redis, split: a process per module over RabbitMQ, each beside one process
                    on the same servers (solo)
  --store NAME      postgres or mongo; solo on mongo is compared with solo on postgres, grow with itself (postgres)
  --sizes A,B       messages of the histories that grow compares (10000,1000000; with --quick 10000,100000)
  --keep            leave the histories of grow in PostgreSQL for the next run`;

/** Throws with a message for people when something is not understood. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      workload: { type: 'string', multiple: true },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      json: { type: 'string' },
      window: { type: 'string' },
      only: { type: 'string' },
      topology: { type: 'string', default: 'solo' },
      store: { type: 'string', default: 'postgres' },
      sizes: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const store = oneOf('--store', values.store, stores);
  const topology = oneOf('--topology', values.topology, topologies);
  const workloads = values.workload?.map((name) => oneOf('--workload', name, workloadNames)) ?? workloadsOf(topology);
  if (topology !== 'solo' && workloads.includes('grow')) throw new Error('grow plays one process: --topology solo');
  const sizes = sizesOf(values.sizes ?? (values.quick ? '10000,100000' : '10000,1000000'));
  const comparisons = [comparisonOf({ topology, store }), besideShorter(sizes)];
  return {
    workloads,
    rounds: count('--rounds', values.rounds) ?? (values.quick ? 1 : 3),
    quick: values.quick,
    check: values.check,
    json: values.json,
    window: count('--window', values.window),
    topology,
    store,
    only:
      values.only === undefined
        ? undefined
        : oneOf(
            '--only',
            values.only,
            comparisons.flatMap(({ base, tested }) => [base, tested]),
          ),
    sizes,
    keep: values.keep,
  };
}

const workloadsOf = (topology: Topology): readonly WorkloadName[] => workloadNames.filter((name) => topology === 'solo' || name !== 'grow');

function sizesOf(value: string): [number, number] {
  const [one, other, ...more] = value.split(',').map((size) => count('--sizes', size) ?? 0);
  if (one === undefined || other === undefined || more.length > 0 || one >= other)
    throw new Error(`--sizes must be two numbers, the lesser first, not ${value}`);
  return [one, other];
}

function count(flag: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,6}$/.test(value)) throw new Error(`${flag} must be a whole number from 1, not ${value}`);
  return Number(value);
}
