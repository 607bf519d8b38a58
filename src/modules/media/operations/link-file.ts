import type { Input, Output } from '../../../contracts/define.ts';
import type { linkFile } from '../../../contracts/media/files.ts';
import { minutes } from '../../../kernel/clock.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { headersOf, isPlayable } from '../domain/serving.ts';
import type { MediaParts } from '../parts.ts';
import type { StoredFile } from '../ports.ts';
import { presentFile } from '../present.ts';
import { readableFile } from '../reading.ts';

/** A player asks for further ranges as it goes on; one that plays longer gets another link. */
const holdsMs = minutes(10);
/** One of the store outlives the access to the file by so long at most. */
const storeHoldsMs = minutes(5);

export async function handleLinkFile(
  parts: MediaParts,
  { fileId }: Input<typeof linkFile>,
  context: Context,
): Promise<Output<typeof linkFile>> {
  const file = await readableFile(parts, fileId, context);
  const direct = await addressInStore(parts, file);
  if (direct !== null) return { url: direct, expiresAt: new Date(parts.clock.now() + storeHoldsMs).toISOString() };
  const { url } = presentFile(file);
  const { userId, sessionId } = requireActor(context);
  const expiresAt = parts.clock.now() + holdsMs;
  const link = parts.links.make(url, { userId, sessionId, expiresAt });
  return { url: `${url}?link=${link}`, expiresAt: new Date(expiresAt).toISOString() };
}

/** Of what a browser plays or shows alone: a store says neither `sandbox` nor `nosniff`. */
function addressInStore({ blobs }: MediaParts, file: StoredFile): Promise<string | null> {
  if (!isPlayable(file)) return Promise.resolve(null);
  const { 'Content-Type': contentType = '', 'Content-Disposition': contentDisposition = '' } = headersOf(file);
  return blobs.address(file.blobKey, { contentType, contentDisposition, holdsSeconds: storeHoldsMs / 1_000 });
}
