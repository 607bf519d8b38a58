import { parseArgs } from 'node:util';
import { besideShorter, besideWithoutPush, comparisonOf, type Part, parts } from '../goals.ts';
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
  /** What the base lacks of the server that is tested. */
  readonly without: Part | undefined;
  /** Messages a second of the paced phases, instead of half of the base's maximum. */
  readonly rate: number | undefined;
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
  --without NAME    index, budgets, notifications: a server beside one without; signatures: the same with --topology replicas or split (room200, pairs)
  --rate N          messages a second, instead of half of the base's maximum
  --keep            leave the histories of grow in PostgreSQL for the next run`;

const flags = {
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
  without: { type: 'string' },
  rate: { type: 'string' },
} as const;

/** Throws with a message for people when something is not understood. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({ args: [...args], options: flags });
  const store = oneOf('--store', values.store, stores);
  const topology = oneOf('--topology', values.topology, topologies);
  const without = values.without === undefined ? undefined : oneOf('--without', values.without, parts);
  if (without !== undefined && (without === 'signatures') === (topology === 'solo'))
    throw new Error('signatures are between processes: --topology replicas or split; the others are measured on solo');
  const known = workloadsOf({ topology, without });
  const workloads = values.workload?.map((name) => oneOf('--workload', name, known)) ?? known;
  const sizes = sizesOf(values.sizes ?? (values.quick ? '10000,100000' : '10000,1000000'));
  const comparisons = [comparisonOf({ topology, store, without }), besideWithoutPush, besideShorter(sizes)];
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
    without,
    rate: count('--rate', values.rate),
  };
}

/** Those that can be played: a history grows in one process, and what a part costs is seen where messages go. */
function workloadsOf({ topology, without }: Pick<BenchOptions, 'topology' | 'without'>): readonly WorkloadName[] {
  if (without !== undefined) return ['room200', 'pairs'];
  return workloadNames.filter((name) => topology === 'solo' || (name !== 'grow' && name !== 'push'));
}

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
