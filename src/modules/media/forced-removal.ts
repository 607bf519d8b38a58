import { removeAttachments } from '../../contracts/chat/attachments.ts';
import type { Input } from '../../contracts/define.ts';
import { mediaSettings } from '../../contracts/media/team-settings.ts';
import { days, minutes } from '../../kernel/clock.ts';
import { systemContext } from '../../kernel/context.ts';
import type { JobQueue, Jobs } from '../../kernel/jobs.ts';
import { deleteAll } from './own-uploads.ts';
import type { MediaParts } from './parts.ts';

/** Of one call of chat, which changes a message for each of them at most. */
const together = 100;
/** A job works so long, and leaves the rest to the next one: no job may run for more than five minutes. */
const workedMs = minutes(2);
/** A message that is being stored with such a file is looked for again; a send is given up after an hour. */
const againMs = minutes(1);
const callMs = minutes(1);

export interface ForcedRemovalParts extends Pick<MediaParts, 'files' | 'blobs' | 'uploads' | 'bus' | 'settings' | 'clock' | 'logger'> {
  readonly jobs: Pick<Jobs, 'enqueue'>;
}

interface ExpiryJob {
  /** The id of the file that came last; left out at the beginning. */
  readonly after?: string;
}

interface ErasureJob extends ExpiryJob {
  readonly userId: string;
  /** Files that were uploaded before this time, ISO 8601. */
  readonly before: string;
}

type Removed = Omit<Input<typeof removeAttachments>, 'attachmentIds'>;

interface Which {
  readonly before: string;
  readonly ownerId?: string;
  readonly after: string | null;
}

/**
 * Files that go although messages hold them: those that are older than files are kept, and all files of one person. Chat makes their messages say so first,
 * then the files and their bytes go. Running twice at once, or again after a crash, is harmless: what is gone is not found again.
 */
export class ForcedRemoval {
  readonly #parts: ForcedRemovalParts;
  readonly expiry: JobQueue = {
    name: 'media.remove-expired',
    retries: 5,
    cron: '40 3 * * *',
    handle: (payload) => this.#expire(payload as ExpiryJob | null),
  };
  readonly erasure: JobQueue = {
    name: 'media.remove-files-of-person',
    retries: 20,
    handle: (payload) => this.#erase(payload as ErasureJob),
  };

  constructor(parts: ForcedRemovalParts) {
    this.#parts = parts;
  }

  /** Every file that this person has uploaded until now. */
  begin(userId: string): Promise<void> {
    const { jobs, clock } = this.#parts;
    const before = clock.timestamp();
    return jobs.enqueue(this.erasure, { userId, before }, { uniqueKey: `${userId} ${before}` });
  }

  async #expire(payload: ExpiryJob | null): Promise<void> {
    const { settings, clock, jobs, logger } = this.#parts;
    const { keptDays } = settings.of(mediaSettings);
    if (keptDays === null) return;
    const before = new Date(clock.now() - days(keptDays)).toISOString();
    const { after, files } = await this.#remove({ before, after: payload?.after ?? null }, { removed: 'expired', keptDays });
    if (files > 0) logger.info('removed files that were kept long enough', { event: 'media.expired_removed', files, keptDays });
    if (after !== null) await jobs.enqueue(this.expiry, { after }, { uniqueKey: after });
  }

  async #erase({ userId, before, after: begin }: ErasureJob): Promise<void> {
    const { uploads, jobs, clock, logger } = this.#parts;
    for (const id of await uploads.begunBefore(before, userId)) await deleteAll(this.#parts, (await uploads.remove(id)) ?? []);
    const { after, files, underWay } = await this.#remove({ before, ownerId: userId, after: begin ?? null }, { removed: 'erased' });
    logger.info('removed files of a person', { event: 'media.person_files_removed', userId, files, underWay });
    if (after !== null) await jobs.enqueue(this.erasure, { userId, before, after }, { uniqueKey: `${userId} ${before} ${after}` });
    else if (underWay > 0)
      await jobs.enqueue(
        this.erasure,
        { userId, before },
        { uniqueKey: `${userId} ${before} ${String(clock.now())}`, startAt: clock.now() + againMs },
      );
  }

  /** Page by page for a while. `after`: how to go on; null at the end. */
  async #remove({ before, ownerId, after: begin }: Which, as: Removed): Promise<{ after: string | null; files: number; underWay: number }> {
    const { files, clock } = this.#parts;
    const until = clock.monotonic() + workedMs;
    const done = { files: 0, underWay: 0 };
    for (let after = begin; ;) {
      const ids = await files.addedBefore(before, { after, limit: together, ...(ownerId === undefined ? {} : { ownerId }) });
      const { removedIds, underWayIds } = await this.#removePage(ids, as);
      done.files += removedIds.length;
      done.underWay += underWayIds.length;
      after = ids.at(-1) ?? null;
      if (ids.length < together) return { after: null, ...done };
      if (clock.monotonic() >= until) return { after, ...done };
    }
  }

  async #removePage(ids: readonly string[], as: Removed) {
    const { bus, files } = this.#parts;
    if (ids.length === 0) return { removedIds: [], underWayIds: [] };
    const answer = await bus.call(removeAttachments, { attachmentIds: [...ids], ...as }, systemContext('bus', callMs));
    await deleteAll(this.#parts, await files.remove(answer.removedIds));
    return answer;
  }
}
