// `npm run test:promote`: moves a team with a long history to a PostgreSQL of its own, or its conversations to a MongoDB, while people write. See README.md here.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { totalOf } from './faults/checker.ts';
import { playMove, type MoveRecord } from './promote/play-move.ts';
import { errorText } from './rig/error-text.ts';
import { RealServers } from './rig/real-servers.ts';
import { confabLaunch, requireFree } from './rig/started-process.ts';

const port = 21_994;
/** Beside those of the kill test. */
const portBase = 29_000;
const usage = `npm run test:promote -- [options]
  --to WHERE    postgres or mongodb (postgres)
  --messages N  how long the history is before the move (100000)
  --writers N   senders, each with several changes under way at a time (8)
  --kills N     how often the command is killed before it may end (0)
  --seed N      plays the same choices of the senders and the same instants of the kills again (1)
  --json FILE   all figures as JSON`;

await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  const { json, ...plan } = optionsOrExit(args);
  await requireFree(port);
  const dataDir = realpathSync(mkdtempSync(path.join(tmpdir(), 'confab-promote-')));
  const servers = await RealServers.up([plan.to], portBase);
  try {
    const targetUrl = (await servers.env())[plan.to === 'mongodb' ? 'MONGO_URL' : 'DATABASE_URL']!;
    const record = await playMove({ launch: confabLaunch(dataDir, port), dataDir, targetUrl, ...plan, print: console.error });
    const faults = faultsOf(record, plan.messages);
    console.log(lineOf(record, faults.length));
    for (const fault of faults) console.log(`  ${fault}`);
    if (json !== undefined) writeFileSync(json, JSON.stringify({ faults, ...record }, null, 2));
    process.exitCode = faults.length === 0 ? 0 : 1;
  } finally {
    await servers.down();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function faultsOf({ findings, refusals, history, pulse, report, killed }: MoveRecord, messages: number): string[] {
  return [
    ...(totalOf(findings) === 0 ? [] : [`what clients received differs from what is stored: ${JSON.stringify(findings)}`]),
    ...Object.entries(refusals).map(([code, count]) => `${String(count)} changes were refused with ${code}`),
    ...(history.found === messages && history.contiguous
      ? []
      : [`the history has ${String(history.found)} of ${String(messages)} messages`]),
    ...(pulse.beats > 0 ? [] : ['nobody wrote during the move']),
    ...(report.includes('are equal in count and checksum') || killed > 0 ? [] : ['the command did not say that both are equal']),
  ];
}

function lineOf({ seconds, ackedSends, pulse, report, killed }: MoveRecord, faults: number): string {
  const held = /held for (\d+) ms; the server went over in (\d+) ms/.exec(report);
  return [
    `promote test: ${killed > 0 ? `killed ${String(killed)} times, then ` : ''}the command took ${seconds.toFixed(1)} s`,
    `changes held for ${held?.[1] ?? '?'} ms`,
    `gone over in ${held?.[2] ?? '?'} ms`,
    `longest wait for an ack ${String(pulse.longestGapMs)} ms of ${String(pulse.beats)} sends in a row`,
    `${String(ackedSends)} acked sends of others meanwhile`,
    faults === 0 ? 'PASSED' : `FAILED with ${String(faults)} faults`,
  ].join('; ');
}

interface Options {
  readonly to: 'postgres' | 'mongodb';
  readonly messages: number;
  readonly writers: number;
  readonly kills: number;
  readonly seed: number;
  readonly json: string | undefined;
}

function optionsOrExit(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        to: { type: 'string', default: 'postgres' },
        messages: { type: 'string', default: '100000' },
        writers: { type: 'string', default: '8' },
        kills: { type: 'string', default: '0' },
        seed: { type: 'string', default: '1' },
        json: { type: 'string' },
      },
    });
    const { json, to, ...figures } = values;
    if (to !== 'postgres' && to !== 'mongodb') throw new Error(`--to ${to} is neither postgres nor mongodb`);
    for (const [name, figure] of Object.entries(figures))
      if (!/^\d{1,12}$/.test(figure)) throw new Error(`--${name} ${figure} is no count`);
    const { messages, writers, kills, seed } = figures;
    return { to, messages: Number(messages), writers: Number(writers), kills: Number(kills), seed: Number(seed), json };
  } catch (error) {
    console.error(`promote test: ${errorText(error)}\n\n${usage}`);
    process.exit(2);
  }
}
