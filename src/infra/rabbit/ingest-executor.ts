import type { ErrorCode } from '../../contracts/errors.ts';
import type { Actor } from '../../kernel/context.ts';
import { AppError, isAppError } from '../../kernel/errors.ts';
import type { Counter, Metrics } from '../../kernel/telemetry/metrics.ts';
import { sleep } from '../../kernel/sleep.ts';
import { failureOf } from '../cluster/call-parts.ts';
import { type AnswerMessage } from './call-messages.ts';
import type { IngestMessage } from './ingest-queue.ts';

/** The people behind sessions as of now, in the order given; null for a session that has ended. */
export type ReadActors = (sessionIds: readonly string[]) => Promise<readonly (Actor | null)[]>;

interface IngestExecutorOptions {
  /** Performs a call in this process; `AppError` or a bug where it fails. */
  readonly perform: (word: IngestMessage, actor: Actor | null) => Promise<unknown>;
  readonly readActors: ReadActors;
  readonly noteFailure: (word: IngestMessage, error: unknown) => void;
  readonly metrics: Metrics;
}

interface Waiting {
  readonly message: IngestMessage;
  /** Place in the order of arrival. */
  readonly place: number;
  readonly done: (answer: AnswerMessage) => void;
  tries: number;
}

/** A session that was read longer ago is read again: together with the cache of the gateway, a revocation takes effect within a second. */
const actorFreshMs = 500;
const pauseMs = 100;
const pauseAtMostMs = 2_000;
const triesAtMost = 30;
/** Refusals that a moment may change. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['rate_limited', 'unavailable', 'deadline_exceeded']);

/**
 * Begins calls in the order they came. One that fails for the moment holds up those behind it: what is under way ends, and all go on from
 * there in their order, so that a store that was away for a moment loses no place.
 */
export class IngestExecutor {
  readonly #options: IngestExecutorOptions;
  readonly #outcomes: Counter;
  #waiting: Waiting[] = [];
  #again: Waiting[] = [];
  #lastPlace = 0;
  /** Grows when what is not done will be delivered anew. */
  #epoch = 0;
  #underWay = 0;
  #isMoving = false;
  #allEnded: () => void = () => undefined;

  constructor(options: IngestExecutorOptions) {
    this.#options = options;
    const help = 'Calls taken from a queue that keeps them: done, refused, again';
    this.#outcomes = options.metrics.counter('confab_rabbit_ingest_taken_total', help, ['outcome']);
    options.metrics.gauge('confab_rabbit_ingest_on_hand', 'Calls taken from a queue that keeps them and not answered', () => this.onHand);
  }

  /** Calls that are not answered. */
  get onHand(): number {
    return this.#waiting.length + this.#again.length + this.#underWay;
  }

  take(words: readonly IngestMessage[], done: (answer: AnswerMessage) => void): void {
    for (const word of words) this.#waiting.push({ message: word, place: ++this.#lastPlace, done, tries: 0 });
    void this.#move();
  }

  /** Forgets what has not begun, and tries nothing again that has: it is delivered anew. */
  clear(): void {
    this.#epoch++;
    this.#waiting = [];
    this.#again = [];
  }

  /** Never rejects. */
  async #move(): Promise<void> {
    if (this.#isMoving) return;
    this.#isMoving = true;
    while (this.#waiting.length + this.#again.length > 0) {
      if (this.#again.length > 0) await this.#gather();
      await this.#beginAll(this.#waiting.splice(0));
    }
    this.#isMoving = false;
  }

  /** Waits until nothing is under way, and a moment longer; then what failed stands in its place again. */
  async #gather(): Promise<void> {
    const pause = Math.min(pauseMs * (this.#again[0]?.tries ?? 1), pauseAtMostMs);
    if (this.#underWay > 0) await new Promise<void>((resolve) => (this.#allEnded = resolve));
    await sleep(pause, { ref: false });
    this.#waiting = [...this.#again.splice(0), ...this.#waiting].sort((a, b) => a.place - b.place);
  }

  async #beginAll(all: readonly Waiting[]): Promise<void> {
    const epoch = this.#epoch;
    const old = all.filter(isOld);
    try {
      const actors = old.length === 0 ? null : await this.#actorsOf(old);
      if (epoch !== this.#epoch) return;
      for (const waiting of all) this.#begin(waiting, actors?.has(waiting) ? (actors.get(waiting) ?? null) : waiting.message.context.actor);
    } catch (error) {
      for (const waiting of all) this.#failed(waiting, error, epoch);
    }
  }

  async #actorsOf(old: readonly Waiting[]): Promise<ReadonlyMap<Waiting, Actor | null>> {
    const sessionIds = [...new Set(old.map(({ message: word }) => sessionOf(word)))];
    const actors = await this.#options.readActors(sessionIds);
    const bySession = new Map(sessionIds.map((id, index) => [id, actors[index] ?? null]));
    return new Map(old.map((waiting) => [waiting, bySession.get(sessionOf(waiting.message)) ?? null]));
  }

  #begin(waiting: Waiting, actor: Actor | null): void {
    const { message: word } = waiting;
    if (actor?.userId !== word.context.actor?.userId) {
      this.#refuse(waiting, new AppError('unauthenticated', { detail: 'The session has ended.' }));
      return;
    }
    const epoch = this.#epoch;
    this.#underWay++;
    this.#options.perform(word, actor).then(
      (output) => {
        this.#outcomes.add({ outcome: 'done' });
        waiting.done({ id: word.id, output });
        this.#ended();
      },
      (error: unknown) => {
        this.#failed(waiting, error, epoch);
        this.#ended();
      },
    );
  }

  #failed(waiting: Waiting, error: unknown, epoch: number): void {
    if (!isAppError(error) || !passing.has(error.code) || ++waiting.tries >= triesAtMost) {
      this.#refuse(waiting, error);
      return;
    }
    if (epoch !== this.#epoch) return;
    this.#outcomes.add({ outcome: 'again' });
    this.#again.push(waiting);
    void this.#move();
  }

  #refuse({ message: word, done }: Waiting, error: unknown): void {
    this.#outcomes.add({ outcome: 'refused' });
    if (!isAppError(error) || error.cause !== undefined) this.#options.noteFailure(word, error);
    done({ id: word.id, ...failureOf(error) });
  }

  #ended(): void {
    this.#underWay--;
    if (this.#underWay === 0) this.#allEnded();
  }
}

/** Also where the clocks of two processes disagree. */
const isOld = ({ message: { context, askedAt } }: Waiting): boolean =>
  context.actor !== null && Math.abs(Date.now() - askedAt) > actorFreshMs;

const sessionOf = ({ context }: IngestMessage): string => context.actor?.sessionId ?? '';
