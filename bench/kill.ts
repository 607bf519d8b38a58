// `npm run test:kill`: SIGKILLs under load, and a search for anything they broke. See README.md here.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readKillOptions, usage, type KillOptions } from './faults/kill-options.ts';
import type { Kill } from './faults/killer.ts';
import { playTrial } from './faults/trial.ts';
import { verdictOn } from './faults/verdict.ts';
import { confabLaunch, requireFree } from './rig/started-process.ts';

const port = 21_990;

await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  const options = optionsOrExit(args);
  await requireFree(port);
  const dataDir = realpathSync(mkdtempSync(path.join(tmpdir(), 'confab-kill-')));
  console.error(`kill test: seed ${String(options.seed)}, data in ${dataDir}`);
  const record = await playTrial({ ...options, launch: confabLaunch(dataDir, port), dataDir, onKill: tellKill });
  const { faults, line } = verdictOn(record);
  for (const fault of faults) console.log(`  ${fault}`);
  console.log(line);
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify({ options, line, faults, ...record }, null, 2));
  if (faults.length === 0) rmSync(dataDir, { recursive: true, force: true });
  process.exit(faults.length === 0 ? 0 : 1);
}

function tellKill({ victim, phase, afterMs, readyMs, healed, trouble }: Kill, number: number): void {
  const back = healed ? 'healed' : 'ready';
  console.error(
    `kill ${String(number)}: ${victim}, ${phase} for ${String(afterMs)} ms; ${back} in ${String(readyMs)} ms${trouble === undefined ? '' : `; ${trouble}`}`,
  );
}

function optionsOrExit(args: readonly string[]): KillOptions {
  try {
    return readKillOptions(args, Date.now());
  } catch (error) {
    console.error(`kill test: ${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}
