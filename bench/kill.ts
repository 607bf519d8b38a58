// `npm run test:kill`: SIGKILLs under load, and a search for anything they broke. See README.md here.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ledger } from './faults/ledger.ts';
import { readKillOptions, usage, type KillOptions } from './faults/kill-options.ts';
import { Killer } from './faults/killer.ts';
import { Seeded } from './faults/seeded.ts';
import { several } from './faults/several.ts';
import type { Kill, FaultInjector } from './faults/fault-injector.ts';
import { playTrial, type TrialPlan } from './faults/trial.ts';
import { verdictOn } from './faults/verdict.ts';
import { errorText } from './rig/error-text.ts';
import { confabLaunch, requireFree } from './rig/started-process.ts';

const port = 21_990;

await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  const options = optionsOrExit(args);
  await requireFree(port);
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'confab-kill-')));
  console.error(`kill test: ${options.topology} on ${options.store}, seed ${String(options.seed)}, data in ${home}`);
  const dice = new Seeded(options.seed);
  const { kills, writers } = options;
  const ledger = new Ledger();
  const team = await teamOf(options, { home, dice, ledger });
  endOnSignal(team.striker);
  const record = await playTrial({ port, kills, writers, dice, ledger, onKill: printKill, ...team });
  const { faults, line } = verdictOn(record);
  for (const fault of faults) console.log(`  ${fault}`);
  console.log(line);
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify({ options, line, faults, ...record }, null, 2));
  if (faults.length === 0) rmSync(home, { recursive: true, force: true });
  process.exit(faults.length === 0 ? 0 : 1);
}

/** Leaves no server behind. The signal comes twice where npm forwards a signal that its whole process group got. */
function endOnSignal(striker: FaultInjector): void {
  let isEnding = false;
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (isEnding) return;
      isEnding = true;
      void Promise.resolve(striker.end()).finally(() => process.exit(1));
    });
}

interface Play {
  readonly home: string;
  readonly dice: Seeded;
  readonly ledger: Ledger;
}

async function teamOf(
  { topology, kills, store, crash, awaySeconds }: KillOptions,
  { home, dice, ledger }: Play,
): Promise<Pick<TrialPlan, 'striker' | 'crowd' | 'killGateway'>> {
  if (topology === 'solo') return { striker: await Killer.start(confabLaunch(home, port), home, dice.fork()), crowd: 0 };
  const acked = (): number => ledger.ackedSends;
  const fleet = await several({ topology, store, crash, port, home, kills, awayMs: awaySeconds * 1000, acked });
  return { striker: fleet, crowd: 290, killGateway: (meanwhile) => fleet.killGateway(meanwhile) };
}

function printKill({ victim, phase, afterMs, readyMs, healed, outage, trouble }: Kill, number: number): void {
  const back = healed ? 'healed' : 'ready';
  const without = outage
    ? `; away ${String(outage.ms)} ms, ${String(outage.acked ?? 'no')} sends acked meanwhile, the largest process ${String(outage.largestMb)} MB`
    : '';
  console.error(
    `kill ${String(number)}: ${victim}, ${phase} for ${String(afterMs)} ms; ${back} in ${String(readyMs)} ms${without}${trouble === undefined ? '' : `; ${trouble}`}`,
  );
}

function optionsOrExit(args: readonly string[]): KillOptions {
  try {
    return readKillOptions(args, Date.now());
  } catch (error) {
    console.error(`kill test: ${errorText(error)}\n\n${usage}`);
    process.exit(2);
  }
}
