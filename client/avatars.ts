import type { PicturePart } from './client.ts';
import { fromProblem } from './client-error.ts';
import type { Session } from './session.ts';

/** Rejects as `Client.call` does. */
export async function uploadAvatar(session: Pick<Session, 'upload'>, picture: Blob, part?: PicturePart): Promise<string> {
  const query = part ? `?x=${String(part.x)}&y=${String(part.y)}&edge=${String(part.edge)}` : '';
  const headers = { 'Content-Type': 'application/octet-stream' };
  const { status, body } = await session.upload({ method: 'POST', path: `/avatars${query}`, headers, body: picture });
  if (status === 201) return (body as { pictureId: string }).pictureId;
  throw fromProblem(body, status);
}
