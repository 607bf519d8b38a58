import { readFileSync } from 'node:fs';
import path from 'node:path';
import { castOn, type Cast } from '../faults/cast.ts';
import { check, type Findings } from '../faults/checker.ts';
import { Ledger } from '../faults/ledger.ts';
import type { Mirror } from '../faults/mirror.ts';
import { readTruths } from '../faults/read-truth.ts';
import { Seeded } from '../faults/seeded.ts';
import { Witness } from '../faults/witness.ts';
import { Writer } from '../faults/writer.ts';
import { StartedProcess, type Launch } from '../rig/started-process.ts';
import { History } from './history.ts';
import { PromoteCommand } from './promote-command.ts';
import { Pulse } from './pulse.ts';

export interface MovePlan {
  readonly launch: Launch;
  readonly dataDir: string;
  readonly to: 'postgres' | 'mongodb';
  readonly targetUrl: string;
  /** In the history before the move. */
  readonly messages: number;
  readonly writers: number;
  /** How often the command is killed before it may end. */
  readonly kills: number;
  readonly seed: number;
  readonly print: (line: string) => void;
}

export interface MoveRecord {
  readonly seconds: number;
  /** How often the command was killed; less than was asked for when it had moved the team by then. */
  readonly killed: number;
  /** What the command printed. */
  readonly report: string;
  readonly findings: Findings;
  readonly ackedSends: number;
  readonly refusals: Readonly<Record<string, number>>;
  readonly history: { readonly found: number; readonly contiguous: boolean };
  readonly pulse: { readonly beats: number; readonly longestGapMs: number };
}

/** A server with a long history, people who write and watch all the time, and the command. Then what they saw is held against what is there. */
export async function playMove({ launch, dataDir, to, targetUrl, messages, writers, kills, seed, print }: MovePlan): Promise<MoveRecord> {
  const server = new StartedProcess(launch);
  const dice = new Seeded(seed);
  try {
    await server.ready();
    const cast = await castOn(launch.port, readFileSync(path.join(dataDir, 'setup-token'), 'utf8').trim(), { writers, crowd: 0 });
    const history = await History.begin(launch.port, cast.writers[0]!);
    print(`writing ${String(messages)} messages`);
    await history.fill(messages);
    const ledger = new Ledger();
    const pulse = new Pulse(launch.port, cast.writers[0]!, history.conversationId);
    const { mirrors, moved } = await writeWhile({ launch, cast, ledger, dice }, async () => {
      const beaten = pulse.beat();
      const command = new PromoteCommand({ launch, dataDir, to, targetUrl });
      const killed = await command.killedAtRandom(kills, dice);
      if (kills > 0) print(`killed the command ${String(killed)} times`);
      const finished = await command.run(print);
      pulse.stop();
      return { ...finished, killed, pulse: await beaten };
    });
    const found = await history.read();
    return {
      ...moved,
      findings: check(ledger, await readTruths(cast), mirrors),
      ackedSends: ledger.ackedSends,
      refusals: Object.fromEntries(ledger.refusals),
      history: { found: found.length - moved.pulse.beats, contiguous: found.every((seq, index) => seq === found[0]! + index) },
    };
  } catch (error) {
    throw new Error(`the move could not be played to its end; the server’s last words:\n${server.lastWords}`, { cause: error });
  } finally {
    await server.kill();
  }
}

interface Stage {
  readonly launch: Launch;
  readonly cast: Cast;
  readonly ledger: Ledger;
  readonly dice: Seeded;
}

async function writeWhile<T>(
  { launch: { port }, cast, ledger, dice }: Stage,
  work: () => Promise<T>,
): Promise<{ mirrors: Mirror[]; moved: T }> {
  const { plain, mixed } = cast;
  const witnesses = cast.witnesses.map((account) => new Witness(port, account, [...plain, ...mixed]));
  const writers = cast.writers.map((account) => new Writer({ port, ledger, plain, mixed, pauseMs: [20, 120] }, account));
  const written = Promise.all(writers.map((writer) => writer.run(dice.fork())));
  try {
    const moved = await work();
    for (const writer of writers) writer.stop();
    await written;
    await Promise.all(witnesses.map((witness) => witness.finish()));
    return { mirrors: witnesses.map(({ mirror }) => mirror), moved };
  } finally {
    for (const actor of [...writers, ...witnesses]) actor.stop();
  }
}
