import { createHash } from 'node:crypto';
import type { Upload } from '../../src/contracts/media/uploads.ts';
import type { Actor } from './team.ts';

/** Who asks, at which node. */
interface Uploader {
  readonly session: Actor['session'];
  readonly api: Pick<Actor['api'], 'url'>;
}

const tus = { 'Tus-Resumable': '1.0.0' };
const base64 = (text: string): string => Buffer.from(text).toString('base64');

export const tusHeaders = ({ session }: Pick<Uploader, 'session'>): Record<string, string> => ({
  Authorization: `Bearer ${session.accessToken}`,
  ...tus,
});

export const sha1 = (bytes: Uint8Array): string => `sha1 ${createHash('sha1').update(bytes).digest('base64')}`;

interface Beginning {
  readonly size: number;
  readonly name?: string;
  readonly type?: string;
  /** Its first bytes, in the same request. */
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** Asks for a new upload. */
export const beginsUpload = (
  actor: Uploader,
  { size, name = 'note.bin', type = 'application/octet-stream', body }: Beginning,
): Promise<Response> =>
  fetch(`${actor.api.url}/api/v1/media/uploads`, {
    method: 'POST',
    headers: {
      ...tusHeaders(actor),
      'Upload-Length': String(size),
      'Upload-Metadata': `filename ${base64(name)},filetype ${base64(type)}`,
      ...(body ? { 'Content-Type': 'application/offset+octet-stream' } : {}),
    },
    ...(body ? { body } : {}),
  });

/** Begins one; answers its address. */
export async function newUpload(actor: Uploader, beginning: Beginning): Promise<string> {
  const answer = await beginsUpload(actor, beginning);
  if (answer.status !== 201) throw new Error(`no upload: ${String(answer.status)} ${await answer.text()}`);
  return answer.headers.get('location') ?? '';
}

export const appends = (
  actor: Uploader,
  address: string,
  { offset, bytes, headers = {} }: { offset: number; bytes: Uint8Array<ArrayBuffer>; headers?: Record<string, string> },
): Promise<Response> =>
  fetch(actor.api.url + address, {
    method: 'PATCH',
    headers: { ...tusHeaders(actor), 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset), ...headers },
    body: bytes,
  });

/** How far an upload is, as its protocol says it; null where there is none. */
export async function offsetOf(actor: Uploader, address: string): Promise<number | null> {
  const answer = await fetch(actor.api.url + address, { method: 'HEAD', headers: tusHeaders(actor) });
  return answer.status === 200 ? Number(answer.headers.get('upload-offset')) : null;
}

export const uploadAt = (actor: Actor, address: string): Promise<Upload> => actor.api.ok<Upload>('GET', address.replace('/api/v1', ''));

/** Removes an upload. */
export const cancels = (actor: Uploader, address: string): Promise<Response> =>
  fetch(actor.api.url + address, { method: 'DELETE', headers: tusHeaders(actor) });
