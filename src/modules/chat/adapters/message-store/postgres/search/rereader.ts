import { isConnectionFailure } from '../../../../../../infra/postgres/failures.ts';
import { isAppError } from '../../../../../../kernel/errors.ts';
import type { Logger } from '../../../../../../kernel/telemetry/logger.ts';
import { lackedTermsOf } from '../../../../domain/index-terms.ts';
import { readingVersion } from '../../../../domain/reading.ts';
import type { State } from './index-store.ts';
import { placeOf } from './numbering.ts';
import type { RereadStore, Unread } from './reread-store.ts';
import { buildPostings } from './step.ts';

interface RereaderParts {
  readonly store: RereadStore;
  readonly logger: Logger;
  /** Called with about how many messages are left to be read again. */
  readonly left?: (messages: number) => void;
}

/** Reads again, block by block and the newest first, what the index has of a former reading: it adds the terms that are lacking. */
export class Rereader {
  readonly #parts: RereaderParts;
  #most = Infinity;
  #reported = 0;

  constructor(parts: RereaderParts) {
    this.#parts = parts;
  }

  /** One step of at most so many documents. False when there is nothing to read again. */
  async step(state: State, most: number): Promise<boolean> {
    const { store } = this.#parts;
    const unread = await store.next(state);
    this.#parts.left?.(unread?.docsLeft ?? 0);
    this.#report(unread?.left ?? 0);
    if (!unread) return false;
    const found = await store.docs(unread, Math.min(most, this.#most));
    const last = found.at(-1);
    if (!last) {
      await store.write(state, unread.block, { place: 0, postings: [], isDone: true });
      return true;
    }
    const docs = found.flatMap(({ doc, message }) => (message ? [{ doc, message }] : []));
    const { postings } = await buildPostings(docs, ({ text }) => lackedTermsOf(text));
    const step = { place: placeOf(last.doc) + 1, postings, isDone: false };
    // The last place of a block: its next one would be that of another.
    await this.#write(state, unread, { step: step.place === placeOf(last.doc + 1) ? step : { ...step, isDone: true }, docs: found.length });
    return true;
  }

  /** A step that fails is made smaller, until the document is found that lacks its terms from then on. */
  async #write(
    state: State,
    { block }: Unread,
    { step, docs }: { step: Parameters<RereadStore['write']>[2]; docs: number },
  ): Promise<void> {
    try {
      await this.#parts.store.write(state, block, step);
      this.#most *= 2;
    } catch (error) {
      if (isConnectionFailure(error) || (isAppError(error) && error.code === 'unavailable')) throw error;
      this.#most = Math.max(1, docs >> 1);
      if (docs === 1) await this.#parts.store.write(state, block, { ...step, postings: [] });
    }
  }

  #report(left: number): void {
    if (left === this.#reported) return;
    this.#reported = left;
    this.#parts.logger.info(left > 0 ? 'messages are read again for search' : 'all messages are read again for search', {
      event: left > 0 ? 'search.rereading' : 'search.reread',
      reading: readingVersion,
      blocksLeft: left,
    });
  }
}
