import type { Several, Store } from './rig/shapes.ts';
import { growFigures, searchSteps, steadySteps } from './workloads/grow-measures.ts';
import type { Measure, WorkloadName } from './workloads/workload.ts';

/** A bound on a ratio to the base of the same run, on what is added to it, or on Confab's own figure. */
export interface Goal {
  readonly workload: WorkloadName;
  readonly measure: Measure;
  readonly of: 'ratio' | 'value' | 'difference';
  /** What must hold now: `--check` fails beyond it. Absent = only wished for. */
  readonly goal?: number;
  /** Where performance.md wants it in the end; shown, never failed on. */
  readonly stretch: number;
}

/** What is measured beside what. */
export interface Comparison {
  readonly base: string;
  readonly tested: string;
  /** Whether a goal bounds from below or above follows from its measure (`better`). */
  readonly goals: readonly Goal[];
}

/** One process, as `npm start` runs it, beside a bare Socket.IO server. */
export const besideRaw: Comparison = {
  base: 'raw',
  tested: 'confab',
  goals: [
    { workload: 'room200', measure: 'ackedPerSecond', of: 'ratio', goal: 8, stretch: 10 },
    { workload: 'room1000', measure: 'ackedPerSecond', of: 'ratio', stretch: 15 },
    { workload: 'pairs', measure: 'ackedPerSecond', of: 'ratio', goal: 0.6, stretch: 0.8 },
    { workload: 'pairs64', measure: 'ackedPerSecond', of: 'ratio', stretch: 0.6 },
    { workload: 'room200', measure: 'cpuPerDelivery', of: 'ratio', goal: 1.1, stretch: 1.0 },
    { workload: 'room200', measure: 'p99Ms', of: 'ratio', stretch: 1.5 },
    { workload: 'pairs', measure: 'p99Ms', of: 'ratio', stretch: 1.5 },
    { workload: 'alone', measure: 'ackP50Ms', of: 'value', stretch: 4 },
    { workload: 'idle', measure: 'rssKbPerConnection', of: 'ratio', goal: 1.4, stretch: 1.3 },
    { workload: 'idle5000', measure: 'rssKbPerConnection', of: 'ratio', stretch: 1.5 },
    { workload: 'reconnect', measure: 'inSyncMs', of: 'value', goal: 5000, stretch: 3000 },
    { workload: 'reconnect', measure: 'statementsPerClient', of: 'value', goal: 5, stretch: 3 },
    { workload: 'uploads', measure: 'uploadMbPerSecond', of: 'ratio', stretch: 0.7 },
    { workload: 'uploads', measure: 'busyGrowth', of: 'value', stretch: 1.5 },
    { workload: 'idle', measure: 'readyMs', of: 'value', goal: 3000, stretch: 2500 },
    { workload: 'idle', measure: 'firstReadyMs', of: 'value', goal: 20_000, stretch: 6000 },
    { workload: 'idle', measure: 'idleRssMb', of: 'value', goal: 350, stretch: 300 },
  ],
};

/** Several processes beside one, or one that keeps conversations in MongoDB beside one that does not; on the same servers. */
export const besideOne = {
  replicas: {
    base: 'solo',
    tested: 'replicas',
    goals: [{ workload: 'room200', measure: 'cpuPerDelivery', of: 'ratio', stretch: 1.5 }],
  },
  split: {
    base: 'solo',
    tested: 'split',
    goals: [
      { workload: 'room200', measure: 'cpuPerDelivery', of: 'ratio', stretch: 2 },
      { workload: 'room200', measure: 'fixedP50Ms', of: 'difference', stretch: 4 },
    ],
  },
  mongo: {
    base: 'postgres',
    tested: 'mongo',
    goals: [
      { workload: 'room200', measure: 'ackedPerSecond', of: 'ratio', stretch: 0.6 },
      { workload: 'pairs', measure: 'ackedPerSecond', of: 'ratio', stretch: 0.6 },
    ],
  },
} as const satisfies Record<string, Comparison>;

/** A long history beside a short one. */
export const besideShorter = ([base, tested]: readonly [number, number]): Comparison => ({
  base: String(base),
  tested: String(tested),
  goals: [
    ...steadySteps.flatMap((step) =>
      growFigures.map((figure): Goal => ({ workload: 'grow', measure: `${step}${figure}`, of: 'ratio', goal: 1.3, stretch: 1.1 })),
    ),
    ...searchSteps.map((step): Goal => ({ workload: 'grow', measure: `${step}P95Ms`, of: 'value', goal: 150, stretch: 100 })),
  ],
});

/** A team in which everybody who is away gets pushes, beside the same one without. */
export const besideWithoutPush: Comparison = {
  base: 'without-push',
  tested: 'with-push',
  goals: [{ workload: 'push', measure: 'ackedPerSecond', of: 'ratio', goal: 0.8, stretch: 0.9 }],
};

/** What the bench can leave out, to see what it costs. */
export const parts = ['index', 'budgets', 'signatures', 'notifications'] as const;
export type Part = (typeof parts)[number];

/** What is left of acked/s. */
const floors: Readonly<Record<Part, Pick<Goal, 'goal' | 'stretch'>>> = {
  index: { stretch: 0.98 },
  budgets: { goal: 0.98, stretch: 0.98 },
  signatures: { stretch: 0.98 },
  notifications: { goal: 0.8, stretch: 0.9 },
};

/** A server beside the same one that lacks something. */
const besideWithout = (part: Part): Comparison => ({
  base: `without-${part}`,
  tested: `with-${part}`,
  goals: (['room200', 'pairs'] as const).flatMap((workload): Goal[] => [
    { workload, measure: 'ackedPerSecond', of: 'ratio', ...floors[part] },
    { workload, measure: 'p99Ms', of: 'ratio', stretch: 1.1 },
  ]),
});

interface Choice {
  readonly topology: 'solo' | Several;
  readonly store: Store;
  readonly without: Part | undefined;
}

export function comparisonOf({ topology, store, without }: Choice): Comparison {
  if (without !== undefined) return besideWithout(without);
  if (topology !== 'solo') return besideOne[topology];
  return store === 'mongo' ? besideOne.mongo : besideRaw;
}
