import { type Clock, minutes } from '../../kernel/clock.ts';
import { errorText } from '../../kernel/errors.ts';
import type { JobQueue, Jobs } from '../../kernel/jobs.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import { propertiesBefore } from './domain/previews.ts';
import type { PreviewMaker, PreviewStore, StoredFile } from './ports.ts';
import type { Previews } from './previews.ts';

/** Bytes that one look at the database brings. */
const together = 100;
/** A job works so long, and leaves the rest to the next one: no job may run for more than five minutes. */
const workedMs = minutes(2);

export interface FillingParts {
  readonly store: Pick<PreviewStore, 'unseen'>;
  readonly maker: Pick<PreviewMaker, 'kinds'>;
  readonly previews: Pick<Previews, 'complete'>;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface FillingJob {
  /** The digest of the bytes that came last; '' at the beginning. */
  readonly after: string;
}

/**
 * Previews of files that were stored before this machine could make them. One file after another, in the order of their digests, each at most once per start. A job names how far it is, so
 * that another process goes on after a crash.
 */
export class Filling {
  readonly #parts: FillingParts;
  readonly queue: JobQueue = {
    name: 'media.fill-previews',
    retries: 5,
    handle: (payload) => this.#fill((payload as FillingJob).after),
  };

  constructor(parts: FillingParts) {
    this.#parts = parts;
  }

  begin(): Promise<void> {
    return this.#enqueue('');
  }

  async #fill(begin: string): Promise<void> {
    const { maker, clock, logger } = this.#parts;
    const until = clock.monotonic() + workedMs;
    let [after, made] = [begin, 0];
    for await (const file of this.#unseen(begin)) {
      if (clock.monotonic() >= until) {
        await this.#enqueue(after);
        break;
      }
      after = file.sha256;
      if (propertiesBefore(file, maker.kinds) !== null) continue;
      if (await this.#complete(file)) made++;
    }
    if (made > 0) logger.info('made previews of files that had none', { event: 'media.previews_filled', files: made });
  }

  async *#unseen(begin: string): AsyncGenerator<StoredFile> {
    for (let after: string | undefined = begin; after !== undefined;) {
      const page: readonly StoredFile[] = await this.#parts.store.unseen(after, together);
      yield* page;
      after = page.length < together ? undefined : page.at(-1)?.sha256;
    }
  }

  /** One that fails does not keep the others waiting. */
  async #complete(file: StoredFile): Promise<boolean> {
    try {
      return await this.#parts.previews.complete(file);
    } catch (error) {
      this.#parts.logger.warn('a file stays without previews until the next start', {
        event: 'media.preview_left_out',
        fileId: file.id,
        error: errorText(error),
      });
      return false;
    }
  }

  #enqueue(after: string): Promise<void> {
    return this.#parts.jobs.enqueue(this.queue, { after }, { uniqueKey: after === '' ? 'begin' : after });
  }
}
