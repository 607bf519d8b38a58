// `npm run test:pushes`: SIGKILLs of the process that sends pushes, between sending and marking. See README.md here.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Seeded } from './faults/seeded.ts';
import { KillingPushService } from './pushes/killing-service.ts';
import { playPushes } from './pushes/play.ts';
import { openSenders, type Topology, topologies } from './pushes/senders.ts';
import { oneOf } from './rig/one-of.ts';
import { requireFree } from './rig/started-process.ts';

const port = 21_970;
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    topology: { type: 'string', default: 'both' },
  },
});
const chosen = values.topology === 'both' ? topologies : [oneOf('--topology', values.topology, topologies)];
const kills = Number(values.kills);
if (!Number.isSafeInteger(kills) || kills < chosen.length) throw new Error(`--kills must be a whole number from ${String(chosen.length)}`);

let isGood = true;
for (const topology of chosen) isGood = (await play(topology, Math.round(kills / chosen.length))) && isGood;
process.exit(isGood ? 0 : 1);

async function play(topology: Topology, count: number): Promise<boolean> {
  for (const one of [port, port + 1]) await requireFree(one);
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'confab-pushes-')));
  console.error(`pushes under kills: ${topology}, seed ${values.seed}, data in ${home}`);
  const team = await openSenders(topology, { port, home });
  const end = (): void => void team.end().finally(() => process.exit(130));
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, end);
  const service = await KillingPushService.open();
  const onKill = (number: number, moment: string, readyMs: number): void =>
    console.error(`kill ${String(number)}: ${moment}; ready in ${String(readyMs)} ms`);
  try {
    const { line, faults } = await playPushes(team, service, { kills: count, dice: new Seeded(Number(values.seed)), onKill });
    for (const fault of faults) console.log(`  ${fault}`);
    console.log(`pushes, ${topology}: ${line}; ${faults.length === 0 ? 'PASSED' : 'FAILED'}`);
    if (faults.length === 0) rmSync(home, { recursive: true, force: true });
    return faults.length === 0;
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, end);
    await service.stop();
    await team.end();
  }
}
