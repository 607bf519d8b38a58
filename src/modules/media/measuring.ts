import { measureFiles } from '../../contracts/chat/files.ts';
import type { FileStorage } from '../../contracts/media/storage.ts';
import type { BusCaller } from '../../kernel/bus/bus.ts';
import { type Clock, minutes } from '../../kernel/clock.ts';
import { systemContext } from '../../kernel/context.ts';
import type { BlobStore, Usage } from './ports.ts';

/** Counting reads a row of each file: 0.8 s for a million of them, 10 s where the database has them not in memory. */
const freshMs = minutes(1);
const most = 20;

interface MeasuringParts {
  readonly usage: Usage;
  readonly blobs: Pick<BlobStore, 'freeBytes'>;
  readonly bus: BusCaller;
  readonly clock: Clock;
}

/** Counts what files take, once for all who ask within a minute. */
export class Measuring {
  readonly #parts: MeasuringParts;
  #last: { readonly until: number; readonly storage: Promise<FileStorage> } | null = null;

  constructor(parts: MeasuringParts) {
    this.#parts = parts;
  }

  storage(): Promise<FileStorage> {
    const now = this.#parts.clock.monotonic();
    if (this.#last && now < this.#last.until) return this.#last.storage;
    const storage = this.#measure();
    this.#last = { until: now + freshMs, storage };
    storage.catch(() => (this.#last = null));
    return storage;
  }

  async #measure(): Promise<FileStorage> {
    const { usage, blobs, bus, clock } = this.#parts;
    const measuredAt = new Date(clock.now()).toISOString();
    const [totals, kinds, people, conversations, freeBytes] = await Promise.all([
      usage.totals(),
      usage.kinds(),
      usage.people(most),
      bus.call(measureFiles, { limit: most }, systemContext('bus', 25_000)).then(
        ({ items }) => items,
        () => null,
      ),
      blobs.freeBytes(),
    ]);
    const sum = (of: 'files' | 'bytes') => kinds.reduce((all, kind) => all + kind[of], 0);
    return {
      files: sum('files'),
      bytes: sum('bytes'),
      ...totals,
      freeBytes,
      people: [...people],
      conversations,
      kinds: [...kinds],
      measuredAt,
    };
  }
}
