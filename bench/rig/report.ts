import { goals, type Goal } from '../goals.ts';
import { measures, type Measure, type Measured, type WorkloadName } from '../workloads/workload.ts';
import { median, spread } from './statistics.ts';

export interface Round {
  readonly workload: WorkloadName;
  readonly system: 'raw' | 'confab';
  readonly measured: Measured;
}

export interface Row {
  readonly workload: WorkloadName;
  readonly measure: Measure;
  readonly raw: number | undefined;
  readonly confab: number | undefined;
  readonly ratio: number | undefined;
  /** Largest over smallest of Confab's rounds. */
  readonly spread: number | undefined;
  readonly goal: Goal | undefined;
  readonly verdict: 'met' | 'MISSED' | 'stretch met' | 'stretch missed' | undefined;
}

export interface Report {
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

/** Medians over rounds, ratios to raw, and how they stand to the goals. */
export function reportOf(rounds: readonly Round[]): Report {
  const workloads = [...new Set(rounds.map(({ workload }) => workload))];
  const rows = workloads.flatMap((workload) =>
    rowsOf(
      workload,
      rounds.filter((round) => round.workload === workload),
    ),
  );
  const problems = rounds.flatMap(({ workload, system, measured }) => measured.problems.map((line) => `${workload} ${system}: ${line}`));
  return { rows, shares: sharesOf(rounds), problems, passed: problems.length === 0 && rows.every(({ verdict }) => verdict !== 'MISSED') };
}

function rowsOf(workload: WorkloadName, rounds: readonly Round[]): Row[] {
  const valuesOf = (system: string, measure: Measure): number[] =>
    rounds.flatMap((round) => (round.system === system ? [round.measured.values[measure]].filter((value) => value !== undefined) : []));
  return (Object.keys(measures) as Measure[]).flatMap((measure) => {
    const [raw, confab] = [valuesOf('raw', measure), valuesOf('confab', measure)];
    if (raw.length + confab.length === 0) return [];
    const figures = { raw: medianOf(raw), confab: medianOf(confab) };
    const ratio = figures.raw !== undefined && figures.raw > 0 && figures.confab !== undefined ? figures.confab / figures.raw : undefined;
    const goal = goals.find((each) => each.workload === workload && each.measure === measure);
    const judged = goal?.of === 'value' ? figures.confab : ratio;
    const verdict = goal && judged !== undefined ? verdictOf(goal, judged) : undefined;
    return [{ workload, measure, ...figures, ratio, spread: confab.length > 1 ? spread(confab) : undefined, goal, verdict }];
  });
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
