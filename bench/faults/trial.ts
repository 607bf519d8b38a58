import { setTimeout as delay } from 'node:timers/promises';
import { castOn, type Cast } from './cast.ts';
import { check, type Findings } from './checker.ts';
import { Killer, type Kill } from './killer.ts';
import { Ledger } from './ledger.ts';
import { readTruths } from './read-truth.ts';
import { Seeded } from './seeded.ts';
import { Witness } from './witness.ts';
import { Writer } from './writer.ts';
import type { Launch } from '../rig/started-process.ts';

export interface TrialPlan {
  readonly launch: Launch;
  /** An empty directory. */
  readonly dataDir: string;
  readonly kills: number;
  readonly seed: number;
  readonly writers: number;
  readonly onKill: (kill: Kill, number: number) => void;
}

/** Everything a trial saw, for the verdict. */
export interface TrialRecord {
  readonly kills: readonly Kill[];
  readonly findings: Findings;
  readonly ackedSends: number;
  readonly ackedChanges: number;
  /** Messages in the history at the end. */
  readonly messages: number;
  /** Attempts that got no answer and were repeated. */
  readonly repeatedAttempts: number;
  /** Holes in live streams that `sync` closed. */
  readonly healedHoles: number;
  /** Answers that should not have come, by code. */
  readonly refusals: Readonly<Record<string, number>>;
  /** The orderly stop after the last kill. */
  readonly stop: { readonly code: number | null; readonly left: number };
}

const finishWithinMs = 60_000;

/** One server, killed again and again while people write to it and watch it; then everything they saw is held against the history. */
export async function playTrial(plan: TrialPlan): Promise<TrialRecord> {
  const dice = new Seeded(plan.seed);
  const killer = await Killer.start(plan.launch, plan.dataDir, dice.fork());
  try {
    const cast = await castOn(plan.launch.port, plan.dataDir, plan.writers);
    const ledger = new Ledger();
    const witnesses = await writeAndKill(plan, { cast, ledger, killer, dice });
    const stop = await killer.stop();
    await killer.startAgain();
    const truths = await readTruths(cast);
    const mirrors = witnesses.map(({ mirror }) => mirror);
    return {
      kills: killer.kills,
      findings: check(ledger, truths, mirrors),
      ackedSends: ledger.ackedSends,
      ackedChanges: ledger.revs.length + ledger.reads.size,
      messages: truths.reduce((sum, { history }) => sum + history.length, 0),
      repeatedAttempts: [...ledger.unknown.values()].reduce((sum, count) => sum + count, 0),
      healedHoles: mirrors.reduce((sum, { healed }) => sum + healed, 0),
      refusals: Object.fromEntries(ledger.refusals),
      stop,
    };
  } catch (error) {
    throw new Error(`the trial could not be played to its end; the server’s last words:\n${killer.lastWords}`, { cause: error });
  } finally {
    killer.end();
  }
}

interface Play {
  readonly cast: Cast;
  readonly ledger: Ledger;
  readonly killer: Killer;
  readonly dice: Seeded;
}

async function writeAndKill({ launch: { port }, kills, onKill }: TrialPlan, { cast, ledger, killer, dice }: Play): Promise<Witness[]> {
  const { plain, mixed } = cast;
  const witnesses = cast.witnesses.map((account) => new Witness(port, account, [...plain, ...mixed]));
  const writers = cast.writers.map((account) => new Writer({ port, ledger, plain, mixed }, account));
  const written = Promise.all(writers.map((writer) => writer.run(dice.fork())));
  try {
    for (let number = 1; number <= kills; number++) onKill(await killer.strike(), number);
    await delay(500);
    for (const writer of writers) writer.stop();
    await within(finishWithinMs, written);
    await Promise.all(witnesses.map((witness) => witness.finish()));
  } finally {
    for (const writer of writers) writer.stop();
    for (const witness of witnesses) witness.stop();
  }
  return witnesses;
}

async function within(timeoutMs: number, work: Promise<unknown>): Promise<void> {
  const gaveUp = new AbortController();
  const late = delay(timeoutMs, undefined, { signal: gaveUp.signal }).then(() => {
    throw new Error(`senders still waited for an answer ${String(timeoutMs)} ms after the last kill`);
  });
  await Promise.race([work, late]).finally(() => {
    gaveUp.abort();
  });
}
