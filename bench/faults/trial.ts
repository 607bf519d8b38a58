import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '../rig/within.ts';
import { castOn, type Cast } from './cast.ts';
import { check, type Findings } from './checker.ts';
import type { Ledger } from './ledger.ts';
import type { Mirror } from './mirror.ts';
import { watchPresence, type PresenceRecord, type Vanish } from './presence.ts';
import { readTruths } from './read-truth.ts';
import type { Seeded } from './seeded.ts';
import type { Kill, FaultInjector } from './fault-injector.ts';
import { Witness } from './witness.ts';
import { Writer } from './writer.ts';

export interface TrialPlan {
  readonly striker: FaultInjector;
  readonly port: number;
  readonly kills: number;
  readonly dice: Seeded;
  readonly ledger: Ledger;
  readonly writers: number;
  /** People who only listen, in a conversation of their own. */
  readonly crowd: number;
  /** Kills a process that some of the crowd are connected to; where given, presence is looked at as well. */
  readonly killGateway?: Vanish;
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
  readonly presence: PresenceRecord | undefined;
  /** The orderly stop after the last kill. */
  readonly stop: { readonly code: number | null; readonly left: number };
}

const finishWithinMs = 60_000;

/** A team, parts of which are killed again and again while people write and watch; then what they saw is held against the history. */
export async function playTrial(plan: TrialPlan): Promise<TrialRecord> {
  const { striker, port, writers, crowd, ledger } = plan;
  try {
    const cast = await castOn(port, striker.setupToken(), { writers, crowd });
    const { mirrors, presence } = await writeAndKill(plan, cast);
    const stop = await striker.stop();
    await striker.startAgain();
    const truths = await readTruths(cast);
    return {
      kills: striker.kills,
      findings: check(ledger, truths, mirrors),
      ackedSends: ledger.ackedSends,
      ackedChanges: ledger.revs.length + ledger.reads.size,
      messages: truths.reduce((sum, { history }) => sum + history.length, 0),
      repeatedAttempts: [...ledger.unknown.values()].reduce((sum, count) => sum + count, 0),
      healedHoles: mirrors.reduce((sum, { healed }) => sum + healed, 0),
      refusals: Object.fromEntries(ledger.refusals),
      presence,
      stop,
    };
  } catch (error) {
    throw new Error(`the trial could not be played to its end; the servers’ last words:\n${striker.lastWords}`, { cause: error });
  } finally {
    await striker.end();
  }
}

interface Watched {
  readonly mirrors: readonly Mirror[];
  readonly presence: PresenceRecord | undefined;
}

async function writeAndKill({ port, kills, onKill, striker, dice, killGateway, ledger }: TrialPlan, cast: Cast): Promise<Watched> {
  const { plain, mixed, lobby } = cast;
  const witnesses = cast.witnesses.map((account) => new Witness(port, account, [...plain, ...mixed]));
  const guests = lobby?.crowd.map((account) => new Witness(port, account, [lobby.id])) ?? [];
  const writers = cast.writers.map((account) => new Writer({ port, ledger, plain, mixed }, account));
  if (lobby) writers.push(new Writer({ port, ledger, plain: [lobby.id], mixed: [lobby.id], pauseMs: [400, 1200] }, lobby.voice));
  const everyone = [...witnesses, ...guests];
  const written = Promise.all(writers.map((writer) => writer.run(dice.fork())));
  try {
    for (let number = 1; number <= kills; number++) onKill(await striker.strike(), number);
    await sleep(500);
    for (const writer of writers) writer.stop();
    await within(finishWithinMs, written, () => `senders still waited for an answer ${String(finishWithinMs)} ms after the last kill`);
    await Promise.all(everyone.map((witness) => witness.finish()));
    const presence =
      killGateway && lobby ? await watchPresence({ port, watcher: cast.writers[0]!, lobby, guests, killGateway }) : undefined;
    return { mirrors: everyone.map(({ mirror }) => mirror), presence };
  } finally {
    for (const writer of writers) writer.stop();
    for (const witness of everyone) witness.stop();
  }
}
