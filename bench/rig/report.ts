import type { Comparison, Goal } from '../goals.ts';
import { measures, type Measure, type Measured, type WorkloadName } from '../workloads/workload.ts';
import { median, spread } from './statistics.ts';

export interface Round {
  readonly workload: WorkloadName;
  /** The base or the tested one of the comparison. */
  readonly system: string;
  readonly measured: Measured;
}

export interface Row {
  readonly workload: WorkloadName;
  readonly measure: Measure;
  readonly base: number | undefined;
  readonly tested: number | undefined;
  readonly ratio: number | undefined;
  /** Largest over smallest of the tested one's rounds. */
  readonly spread: number | undefined;
  readonly goal: Goal | undefined;
  readonly verdict: 'met' | 'MISSED' | 'stretch met' | 'stretch missed' | undefined;
}

export interface Report {
  readonly comparison: Comparison;
  readonly rows: readonly Row[];
  readonly shares: readonly {
    readonly workload: WorkloadName;
    readonly system: string;
    readonly server: number;
    readonly generator: number;
  }[];
  readonly problems: readonly string[];
  /** No goal of now missed, nothing astray. */
  readonly passed: boolean;
}

/** Medians over rounds, ratios to the base, and how they stand to the goals. */
export function reportOf(rounds: readonly Round[], comparison: Comparison): Report {
  const workloads = [...new Set(rounds.map(({ workload }) => workload))];
  const rows = workloads.flatMap((workload) =>
    rowsOf(
      workload,
      rounds.filter((round) => round.workload === workload),
      comparison,
    ),
  );
  const problems = rounds.flatMap(({ workload, system, measured }) => measured.problems.map((line) => `${workload} ${system}: ${line}`));
  return {
    comparison,
    rows,
    shares: sharesOf(rounds),
    problems,
    passed: problems.length === 0 && rows.every(({ verdict }) => verdict !== 'MISSED'),
  };
}

function rowsOf(workload: WorkloadName, rounds: readonly Round[], { base, tested, goals }: Comparison): Row[] {
  const valuesOf = (system: string, measure: Measure): number[] =>
    rounds.flatMap((round) => (round.system === system ? [round.measured.values[measure]].filter((value) => value !== undefined) : []));
  return (Object.keys(measures) as Measure[]).flatMap((measure) => {
    const [before, now] = [valuesOf(base, measure), valuesOf(tested, measure)];
    if (before.length + now.length === 0) return [];
    const figures = { base: medianOf(before), tested: medianOf(now) };
    const goal = goals.find((each) => each.workload === workload && each.measure === measure);
    const judged = goal && judgedOf(goal.of, figures);
    const verdict = goal && judged !== undefined ? verdictOf(goal, judged) : undefined;
    const ratio = judgedOf('ratio', figures);
    return [{ workload, measure, ...figures, ratio, spread: now.length > 1 ? spread(now) : undefined, goal, verdict }];
  });
}

function judgedOf(of: Goal['of'], { base, tested }: Pick<Row, 'base' | 'tested'>): number | undefined {
  if (of === 'value' || tested === undefined) return tested;
  if (base === undefined) return undefined;
  if (of === 'difference') return tested - base;
  return base > 0 ? tested / base : undefined;
}

function verdictOf({ measure, goal, stretch }: Goal, value: number): Row['verdict'] {
  const holds = (bound: number): boolean => (measures[measure].better === 'more' ? value >= bound : value <= bound);
  if (goal !== undefined && !holds(goal)) return 'MISSED';
  if (holds(stretch)) return 'stretch met';
  return goal === undefined ? 'stretch missed' : 'met';
}

function sharesOf(rounds: readonly Round[]): Report['shares'] {
  const keys = [...new Set(rounds.filter(({ measured }) => measured.shares).map(({ workload, system }) => `${workload} ${system}`))];
  return keys.map((key) => {
    const [workload, system] = key.split(' ') as [WorkloadName, string];
    const shares = rounds
      .filter((round) => round.workload === workload && round.system === system)
      .flatMap(({ measured }) => measured.shares ?? []);
    return {
      workload,
      system,
      server: median(shares.map(({ server }) => server)),
      generator: median(shares.map(({ generator }) => generator)),
    };
  });
}

function medianOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : median(values);
}
