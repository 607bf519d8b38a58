import type { Input, Output } from '../../../contracts/define.ts';
import type { removeOrphans } from '../../../contracts/media/upkeep.ts';
import { deleteAll } from '../own-uploads.ts';
import type { MediaParts } from '../parts.ts';

export async function handleRemoveOrphans(
  parts: MediaParts,
  { keys, abandoned }: Input<typeof removeOrphans>,
): Promise<Output<typeof removeOrphans>> {
  const orphans = await parts.files.unknown(keys);
  await deleteAll(parts, orphans);
  return { removed: orphans.length + (abandoned ? await parts.blobs.removeAbandoned(true) : 0) };
}
