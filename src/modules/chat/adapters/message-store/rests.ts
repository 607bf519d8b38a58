/**
 * A write costs the same work for one message as for twenty. Where several people write at once, the log pauses after a
 * write a few times as long as it took, so that the next one takes more. Where each waits for the last answer, a rest
 * gathers nothing: then there is none.
 */
const restsTimes = 4;
const restsAtMostMs = 5;
/** Of the recent writes so many must have ended while others waited. */
const sharedEnough = 0.25;
const recentWrites = 8;

interface Ended {
  /** Milliseconds of the process. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Whether drafts arrived that were not in it. */
  readonly othersWait: boolean;
}

export class Rests {
  #shared = 0;
  #until = 0;

  /** Until when a few drafts wait for more, in milliseconds of the process. */
  get until(): number {
    return this.#until;
  }

  wrote({ startedAt, endedAt, othersWait }: Ended): void {
    this.#shared += (Number(othersWait) - this.#shared) / recentWrites;
    this.#until = this.#shared < sharedEnough ? 0 : endedAt + Math.min((endedAt - startedAt) * restsTimes, restsAtMostMs);
  }
}
