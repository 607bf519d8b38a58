import { releaseAttachments } from '../../contracts/chat/attachments.ts';
import { type Clock, days } from '../../kernel/clock.ts';
import { systemContext } from '../../kernel/context.ts';
import type { JobQueue } from '../../kernel/jobs.ts';
import type { MediaParts } from './parts.ts';

/** A file that is younger may be in a message that somebody is writing. */
const keptUnsentMs = days(1);
/** Bytes lie before their file is in the database; no upload lasts that long. */
const keptUnknownMs = days(2);
const together = 200;

/** Each night: files that no message holds, their bytes, and bytes that belong to no file. Running twice at once, or again after a crash, is harmless. */
export const removalQueue = (parts: MediaParts, clock: Clock): JobQueue => ({
  name: 'media.remove-unused',
  retries: 5,
  cron: '20 3 * * *',
  handle: async () => {
    const files = await removeUnused(parts, clock);
    const orphans = await removeOrphans(parts, clock);
    parts.logger.info('removed files that no message holds', { event: 'media.unused_removed', files, orphans });
  },
});

/** Answers how many files. Chat lets go of them first: from then on no message can get them. */
export async function removeUnused({ files, blobs, bus }: MediaParts, clock: Clock): Promise<number> {
  const before = new Date(clock.now() - keptUnsentMs).toISOString();
  let removed = 0;
  for (let after: string | null = null; ;) {
    const ids: readonly string[] = await files.addedBefore(before, { after, limit: together });
    if (ids.length === 0) return removed;
    const { releasedIds } = await bus.call(releaseAttachments, { attachmentIds: [...ids] }, systemContext());
    for (const key of await files.remove(releasedIds)) await blobs.delete(key);
    removed += releasedIds.length;
    after = ids.at(-1) ?? null;
  }
}

/** What a crash has left between the store and the database. Answers how many. */
export async function removeOrphans({ files, blobs }: MediaParts, clock: Clock): Promise<number> {
  const before = clock.now() - keptUnknownMs;
  let removed = 0;
  for (let after: string | null = null; ;) {
    const page = await blobs.list(after, together);
    const old = page.filter(({ storedAt }) => storedAt < before).map(({ key }) => key);
    const orphans = old.length === 0 ? [] : await files.unknown(old);
    for (const key of orphans) await blobs.delete(key);
    removed += orphans.length;
    if (page.length < together) return removed;
    after = page.at(-1)?.key ?? null;
  }
}
