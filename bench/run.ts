// `npm run bench`: Confab beside a bare Socket.IO server, and a long history beside a short one, in turns, in one run. See README.md here.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { besideRaw, besideShorter, besideWithoutPush, type Comparison, comparisonOf, type Part } from './goals.ts';
import { errorText } from './rig/error-text.ts';
import { fleetSystems } from './rig/fleet-systems.ts';
import { grownSystems } from './rig/grown-systems.ts';
import { readOptions, usage, type BenchOptions } from './rig/options.ts';
import { pinGenerator } from './rig/pinning.ts';
import { type Change, measureFirstStart } from './rig/prepared-team.ts';
import { printed } from './rig/print.ts';
import { pushSystems } from './rig/push-systems.ts';
import { reportOf, type Report, type Round } from './rig/report.ts';
import type { Started, System } from './rig/running.ts';
import { median } from './rig/statistics.ts';
import { confabSystem, rawSystem } from './rig/systems.ts';
import { variantCommand } from './rig/variant.ts';
import { alone } from './workloads/alone.ts';
import { grow } from './workloads/grow.ts';
import { idle, idle5000 } from './workloads/idle.ts';
import { pairs, pairs64 } from './workloads/pairs.ts';
import { push } from './workloads/push.ts';
import { room1000, room200 } from './workloads/rooms.ts';
import { uploads } from './workloads/uploads.ts';
import { reconnect } from './workloads/reconnect.ts';
import type { Plan, Workload, WorkloadName } from './workloads/workload.ts';

const known: readonly Workload[] = [room200, room1000, pairs, pairs64, alone, idle, idle5000, reconnect, uploads];

await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  const options = optionsOrExit(args);
  pinGenerator();
  const rounds: Round[] = [];
  const reports: Report[] = [];
  for (const contest of contestsOf(options)) {
    const { report, rounds: own } = await contest();
    console.log(`${reports.length > 0 ? '\n' : ''}${printed(report)}`);
    reports.push(report);
    rounds.push(...own);
  }
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(asJson(options, reports, rounds), null, 2));
  process.exitCode = options.check && !reports.every(({ passed }) => passed) ? 1 : 0;
}

interface Played {
  readonly report: Report;
  readonly rounds: readonly Round[];
}

/** What is measured beside what: the long history is beside a shorter one, all else beside another kind of server. */
function contestsOf(options: BenchOptions): (() => Promise<Played>)[] {
  const isAsked = ({ name }: Pick<Workload, 'name'>): boolean => options.workloads.includes(name);
  const [workloads, comparison] = [known.filter(isAsked), comparisonOf(options)];
  const systems = async (): Promise<System[]> => {
    if (comparison === besideRaw) return [rawSystem(), confabSystem()];
    if (options.topology !== 'solo' || options.without === undefined) return fleetSystems(comparison, options);
    return changedSystems(comparison, options.without);
  };
  return [
    ...(workloads.length > 0 ? [async () => compare({ options, comparison, workloads, systems: await systems() })] : []),
    ...(isAsked(push) ? [async () => compare({ options, comparison: besideWithoutPush, workloads: [push], systems: pushSystems() })] : []),
    ...(isAsked(grow)
      ? [
          async () =>
            compare({ options, comparison: besideShorter(options.sizes), workloads: [grow], systems: await grownSystems(options) }),
        ]
      : []),
  ];
}

/** One process without a part, and with it. Budgets end a bench soon: they are charged, and never used up. */
async function changedSystems({ base, tested }: Comparison, part: Part): Promise<System[]> {
  if (part === 'index') return [confabSystem(base, { holdsIndex: true }), confabSystem(tested)];
  if (part === 'notifications') return [confabSystem(base, { command: await variantCommand('silent') }), confabSystem(tested)];
  const command = await variantCommand('endless-budgets');
  const changed = (limits: string): Change => ({ command, env: { CONFAB_RATE_LIMITS: limits } });
  return [confabSystem(base, changed('off')), confabSystem(tested, changed('default'))];
}

interface Contest<Server extends Started> {
  readonly options: BenchOptions;
  readonly comparison: Comparison;
  readonly workloads: readonly Workload<Server>[];
  readonly systems: readonly System<Server>[];
}

async function compare<Server extends Started>(contest: Contest<Server>): Promise<Played> {
  const { options, comparison } = contest;
  const rounds: Round[] = [];
  const closeAll = async (): Promise<void> => {
    for (const system of contest.systems) await system.close?.();
  };
  const forget = onSignal(closeAll);
  try {
    const systems = contest.systems.filter(({ name }) => options.only === undefined || name === options.only);
    for (const workload of contest.workloads) {
      for (let number = 0; number < options.rounds; number++)
        await playRound({ workload, systems, number, options, base: comparison.base }, rounds);
      await addFirstStart(workload.name, options, rounds);
    }
    return { report: reportOf(rounds, comparison), rounds };
  } finally {
    forget();
    await closeAll();
  }
}

/** A signal that ends the bench ends what it has started. */
function onSignal(close: () => Promise<void>): () => void {
  const end = (): void => void close().finally(() => process.exit(130));
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const name of signals) process.once(name, end);
  return () => {
    for (const name of signals) process.off(name, end);
  };
}

interface Turn<Server extends Started> {
  readonly workload: Workload<Server>;
  readonly systems: readonly System<Server>[];
  readonly number: number;
  readonly options: BenchOptions;
  readonly base: string;
}

/** Each system once; who begins alternates, but the base begins the first round, since its maximum sets a rate for all. */
async function playRound<Server extends Started>(turn: Turn<Server>, rounds: Round[]): Promise<void> {
  const { workload, systems, number, options } = turn;
  for (const system of number % 2 === 0 ? systems : systems.toReversed()) {
    console.error(`bench: ${workload.name}, round ${String(number + 1)} of ${String(options.rounds)}, ${system.name}`);
    const running = await system.start();
    try {
      const measured = await workload.run(running, planOf(turn, rounds));
      rounds.push({ workload: workload.name, system: system.name, measured });
    } finally {
      await running.stop();
    }
  }
}

function planOf<Server extends Started>(
  { workload, base, options: { quick, window, rate } }: Turn<Server>,
  rounds: readonly Round[],
): Plan {
  const maxima = rounds.flatMap(({ system, workload: name, measured }) =>
    system === base && name === workload.name ? (measured.values.ackedPerSecond ?? []) : [],
  );
  return {
    isQuick: quick,
    warmMs: quick ? 1500 : 3000,
    measureMs: quick ? 3000 : 8000,
    window,
    baseMaximum: rate === undefined ? (maxima.length > 0 ? median(maxima) : undefined) : 2 * rate,
  };
}

async function addFirstStart(workload: WorkloadName, { topology, store, only }: BenchOptions, rounds: Round[]): Promise<void> {
  if (workload !== 'idle' || topology !== 'solo' || store !== 'postgres' || only === 'raw') return;
  rounds.push({ workload: 'idle', system: 'confab', measured: { values: { firstReadyMs: await measureFirstStart() }, problems: [] } });
}

/** The first report as it always was; the others beside it. */
function asJson({ rounds: count, quick, window }: BenchOptions, [report, ...others]: readonly Report[], rounds: readonly Round[]): object {
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
  return { at: new Date().toISOString(), machine, options: { rounds: count, quick, window }, ...report, others, rounds };
}

function optionsOrExit(args: readonly string[]): BenchOptions {
  try {
    return readOptions(args);
  } catch (error) {
    console.error(`bench: ${errorText(error)}\n\n${usage}`);
    process.exit(2);
  }
}
