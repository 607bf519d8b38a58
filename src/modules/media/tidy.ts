import { hours } from '../../kernel/clock.ts';
import { errorText } from '../../kernel/errors.ts';
import { deleteAll } from './own-uploads.ts';
import type { MediaParts } from './parts.ts';

/** An upload to which nothing comes is given up. */
export const keptUnchangedMs = hours(24);

/** A picture that was made for an avatar, and is given to nobody. */
const avatarKeptUnusedMs = hours(1);

const together = 200;

/** Each hour: what unfinished uploads have left. Running twice at once, or again after a crash, is harmless. */
export async function tidy(parts: Pick<MediaParts, 'avatars' | 'blobs' | 'uploads' | 'clock' | 'logger'>): Promise<void> {
  const { avatars, blobs, clock, logger } = parts;
  try {
    const unused = await avatars.removeUnused(new Date(clock.now() - avatarKeptUnusedMs).toISOString());
    const removed = unused + (await blobs.removeAbandoned()) + (await removeExpired(parts));
    if (removed > 0) logger.info('removed what unfinished uploads left', { event: 'media.abandoned_removed', removed });
  } catch (error) {
    logger.warn('what unfinished uploads left could not be removed; it is tried again', {
      event: 'media.tidy_failed',
      error: errorText(error),
    });
  }
}

/** Answers how many. */
export async function removeExpired({ blobs, uploads, clock }: Pick<MediaParts, 'blobs' | 'uploads' | 'clock'>): Promise<number> {
  const before = new Date(clock.now() - keptUnchangedMs).toISOString();
  for (let removed = 0; ;) {
    const ids = await uploads.unchangedSince(before, together);
    for (const id of ids) await deleteAll({ blobs }, (await uploads.remove(id)) ?? []);
    removed += ids.length;
    if (ids.length < together) return removed;
  }
}
