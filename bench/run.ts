// `npm run bench`: Confab beside a bare Socket.IO server, in turns, in one run. See README.md here.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { besideRaw, type Comparison, comparisonOf } from './goals.ts';
import { fleetSystems } from './rig/fleet-systems.ts';
import { readOptions, usage, type BenchOptions } from './rig/options.ts';
import { pinGenerator } from './rig/pinning.ts';
import { measureFirstStart } from './rig/prepared-team.ts';
import { printed } from './rig/print.ts';
import { reportOf, type Report, type Round } from './rig/report.ts';
import type { System } from './rig/running.ts';
import { median } from './rig/statistics.ts';
import { confabSystem, rawSystem } from './rig/systems.ts';
import { alone } from './workloads/alone.ts';
import { idle, idle5000 } from './workloads/idle.ts';
import { pairs, pairs64 } from './workloads/pairs.ts';
import { room1000, room200 } from './workloads/rooms.ts';
import { reconnect } from './workloads/reconnect.ts';
import type { Plan, Workload } from './workloads/workload.ts';

const known: readonly Workload[] = [room200, room1000, pairs, pairs64, alone, idle, idle5000, reconnect];

await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  const options = optionsOrExit(args);
  pinGenerator();
  const comparison = comparisonOf(options);
  const all = comparison === besideRaw ? [rawSystem(), confabSystem()] : await fleetSystems(comparison, options);
  try {
    await compare({ options, comparison, systems: all.filter(({ name }) => options.only === undefined || name === options.only) });
  } finally {
    for (const system of all) await system.close?.();
  }
}

interface Contest {
  readonly options: BenchOptions;
  readonly comparison: Comparison;
  readonly systems: readonly System[];
}

async function compare({ options, comparison, systems }: Contest): Promise<void> {
  const rounds: Round[] = [];
  for (const workload of known.filter(({ name }) => options.workloads.includes(name))) {
    for (let number = 0; number < options.rounds; number++)
      await playRound({ workload, systems, number, options, base: comparison.base }, rounds);
    await addFirstStart(workload, options, rounds);
  }
  const report = reportOf(rounds, comparison);
  console.log(printed(report));
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(asJson(options, report, rounds), null, 2));
  process.exitCode = options.check && !report.passed ? 1 : 0;
}

interface Turn {
  readonly workload: Workload;
  readonly systems: readonly System[];
  readonly number: number;
  readonly options: BenchOptions;
  readonly base: string;
}

/** Each system once; who begins alternates, but the base begins the first round, since its maximum sets a rate for all. */
async function playRound({ workload, systems, number, options, base }: Turn, rounds: Round[]): Promise<void> {
  for (const system of number % 2 === 0 ? systems : systems.toReversed()) {
    console.error(`bench: ${workload.name}, round ${String(number + 1)} of ${String(options.rounds)}, ${system.name}`);
    const running = await system.start();
    try {
      const measured = await workload.run(running, planOf({ workload, base, options }, rounds));
      rounds.push({ workload: workload.name, system: system.name, measured });
    } finally {
      await running.stop();
    }
  }
}

function planOf(
  { workload, base, options: { quick, window } }: Pick<Turn, 'workload' | 'base' | 'options'>,
  rounds: readonly Round[],
): Plan {
  const maxima = rounds.flatMap(({ system, workload: name, measured }) =>
    system === base && name === workload.name ? (measured.values.ackedPerSecond ?? []) : [],
  );
  return {
    warmMs: quick ? 1500 : 3000,
    measureMs: quick ? 3000 : 8000,
    window,
    baseMaximum: maxima.length > 0 ? median(maxima) : undefined,
  };
}

async function addFirstStart(workload: Workload, { topology, store, only }: BenchOptions, rounds: Round[]): Promise<void> {
  if (workload.name !== 'idle' || topology !== 'solo' || store !== 'postgres' || only === 'raw') return;
  rounds.push({ workload: 'idle', system: 'confab', measured: { values: { firstReadyMs: await measureFirstStart() }, problems: [] } });
}

function asJson({ rounds: count, quick, window }: BenchOptions, report: Report, rounds: readonly Round[]): object {
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
  return { at: new Date().toISOString(), machine, options: { rounds: count, quick, window }, ...report, rounds };
}

function optionsOrExit(args: readonly string[]): BenchOptions {
  try {
    return readOptions(args);
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}
