import type { Attachment } from '../../src/contracts/chat/messages.ts';
import type { Problem } from '../../src/contracts/errors.ts';
import { Refused } from './device.ts';
import type { Actor } from './team.ts';

const bearer = ({ session }: Actor) => ({ Authorization: `Bearer ${session.accessToken}` });

/** Uploads a file as a browser does. Throws `Refused`. */
export async function uploads(
  actor: Actor,
  content: string | Uint8Array,
  { name = 'note.txt', type = 'text/plain' }: { name?: string; type?: string } = {},
): Promise<Attachment> {
  const form = new FormData();
  form.set('file', new Blob([Buffer.from(content)], { type }), name);
  const answer = await fetch(`${actor.api.url}/api/v1/media`, { method: 'POST', headers: bearer(actor), body: form });
  if (answer.status !== 201) throw new Refused((await answer.json()) as Problem);
  return (await answer.json()) as Attachment;
}

/** An address of a file that needs no header. */
export const links = ({ api }: Actor, { id }: Pick<Attachment, 'id'>) =>
  api.ok<{ url: string; expiresAt: string }>('GET', `/media/${id}/link`);

/** Asks for a file, by whatever node the person speaks to. */
export const downloads = (actor: Actor, { url }: Pick<Attachment, 'url'>, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(actor.api.url + url, { method, headers: { ...bearer(actor), ...headers } });
