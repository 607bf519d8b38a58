import type { Input, Output } from '../../../contracts/define.ts';
import type { linkFile } from '../../../contracts/media/files.ts';
import { minutes } from '../../../kernel/clock.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import type { MediaParts } from '../parts.ts';
import { presentFile } from '../present.ts';
import { readableFile } from '../reading.ts';

/** A player asks for further ranges as it goes on; one that plays longer gets another link. */
const holdsMs = minutes(10);

export async function handleLinkFile(
  parts: MediaParts,
  { fileId }: Input<typeof linkFile>,
  context: Context,
): Promise<Output<typeof linkFile>> {
  const { url } = presentFile(await readableFile(parts, fileId, context));
  const { userId, sessionId } = requireActor(context);
  const expiresAt = parts.clock.now() + holdsMs;
  const link = parts.links.make(url, { userId, sessionId, expiresAt });
  return { url: `${url}?link=${link}`, expiresAt: new Date(expiresAt).toISOString() };
}
