import { type Clock, minutes } from '../../kernel/clock.ts';
import { errorText } from '../../kernel/errors.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import type { Usage } from './ports.ts';

/** Counting reads a row of each file. */
const freshMs = minutes(5);

interface StoredBytesParts {
  readonly usage: Pick<Usage, 'totals'>;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly logger: Pick<Logger, 'debug'>;
}

/** What lies in the store, for a metric: who reads it gets what was counted last, and what is older than five minutes is counted again. */
export class StoredBytes {
  readonly #parts: StoredBytesParts;
  #bytes = 0;
  #freshUntil = -Infinity;

  constructor(parts: StoredBytesParts) {
    this.#parts = parts;
  }

  get value(): number {
    if (this.#parts.clock.monotonic() >= this.#freshUntil) void this.count();
    return this.#bytes;
  }

  /** Never rejects: the last figure stays. */
  async count(): Promise<void> {
    const { usage, clock, logger } = this.#parts;
    this.#freshUntil = clock.monotonic() + freshMs;
    try {
      const { storedBytes, previewBytes, uploadBytes } = await usage.totals();
      this.#bytes = storedBytes + previewBytes + uploadBytes;
    } catch (error) {
      logger.debug('what files take could not be counted', { event: 'media.not_counted', error: errorText(error) });
    }
  }
}
