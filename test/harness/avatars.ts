import type { Problem } from '../../src/contracts/errors.ts';
import { Refused } from './device.ts';
import type { Actor } from './team.ts';

/** Uploads a picture for an avatar; answers its id. Throws `Refused`. */
export async function uploadsAvatar(actor: Actor, bytes: Uint8Array, query = ''): Promise<string> {
  const answer = await fetch(`${actor.api.url}/api/v1/avatars${query}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${actor.session.accessToken}`, 'Content-Type': 'application/octet-stream' },
    body: Buffer.from(bytes),
  });
  if (answer.status !== 201) throw new Refused((await answer.json()) as Problem);
  return ((await answer.json()) as { pictureId: string }).pictureId;
}

/** Makes it the actor’s own, or that of a conversation; answers its address. */
export async function setsAvatar(actor: Actor, bytes: Uint8Array, { query = '', of = '/users/me' } = {}): Promise<string> {
  const pictureId = await uploadsAvatar(actor, bytes, query);
  return (await actor.api.ok<{ avatarUrl: string }>('PUT', `${of}/avatar`, { pictureId })).avatarUrl;
}

/** As an `<img>` loads it: without a token. */
export const loads = (actor: Actor, avatarUrl: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(actor.api.url + avatarUrl, { headers });
