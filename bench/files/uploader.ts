import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { call } from '../rig/api.ts';
import { fileForm } from '../rig/form.ts';
import type { Content } from './content.ts';

const tus = { 'Tus-Resumable': '1.0.0' };

export interface Place {
  readonly port: number;
  readonly token: string;
}

/** How to end a request before its time. */
export interface Abort {
  readonly signal: AbortSignal;
}

/** One file as a form. Answers its id; throws where it was not answered 201. */
export async function postForm(place: Place, content: Content, { signal }: Abort): Promise<string> {
  const { head, tail, type } = fileForm;
  const answer = await exchange(place, {
    method: 'POST',
    path: '/api/v1/media',
    headers: { 'Content-Type': type, 'Content-Length': head.length + content.size + tail.length },
    signal,
    send: async (sent) => {
      sent.write(head);
      await writeFrom(sent, content, 0);
      sent.write(tail);
    },
  });
  if (answer.status !== 201) throw new Error(`a form was answered ${String(answer.status)} ${answer.text.slice(0, 200)}`);
  return (JSON.parse(answer.text) as { id: string }).id;
}

/** Begins an upload that can go on; answers its path. */
export async function beginUpload(place: Place, size: number): Promise<string> {
  const headers = { ...tus, 'Upload-Length': size, 'Upload-Metadata': `filename ${Buffer.from('bench.bin').toString('base64')}` };
  const answer = await exchange(place, { method: 'POST', path: '/api/v1/media/uploads', headers, send: () => Promise.resolve() });
  if (answer.status !== 201) throw new Error(`no upload: ${String(answer.status)} ${answer.text.slice(0, 200)}`);
  return answer.headers.location ?? '';
}

/** Sends the rest of an upload; rejects where the line or the server ends before. */
export async function sendRest(place: Place, path: string, content: Content, { signal }: Abort): Promise<void> {
  const at = await exchange(place, { method: 'HEAD', path, headers: tus, signal, send: () => Promise.resolve() });
  if (at.status !== 200) throw new Error(`an upload is gone: ${String(at.status)}`);
  const offset = Number(at.headers['upload-offset']);
  if (offset === content.size) return;
  const headers = { ...tus, 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': offset };
  const answer = await exchange(place, { method: 'PATCH', path, headers, signal, send: (sent) => writeFrom(sent, content, offset) });
  if (answer.status !== 204) throw new Error(`an upload was answered ${String(answer.status)} ${answer.text.slice(0, 200)}`);
}

/** Sends it to its end, however often the line is cut; answers the id of the file and how many times it went on. */
export async function sendThrough(place: Place, content: Content): Promise<{ id: string; resumed: number }> {
  const path = await beginUpload(place, content.size);
  for (let resumed = 0; ; resumed++) {
    try {
      await sendRest(place, path, content, { signal: AbortSignal.timeout(600_000) });
      return { id: await fileOf(place, path), resumed };
    } catch (error) {
      if (resumed > 10_000) throw error;
      await sleep(50);
    }
  }
}

/** The file that an upload has become. */
export async function fileOf({ port, token }: Place, path: string): Promise<string> {
  const { attachment } = await call<{ attachment: { id: string } | null }>(port, {
    method: 'GET',
    path: path.replace('/api/v1', ''),
    token,
  });
  if (!attachment) throw new Error('an upload that was answered whole is no file');
  return attachment.id;
}

/** The digest and the size of a file as it is answered. */
export async function download({ port, token }: Place, id: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const sent = request({ port, host: '127.0.0.1', path: `/api/v1/media/${id}`, headers: { Authorization: `Bearer ${token}` } });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  for await (const part of response as AsyncIterable<Buffer>) {
    hash.update(part);
    bytes += part.length;
  }
  if (response.statusCode !== 200) throw new Error(`a file was answered ${String(response.statusCode)}`);
  return { sha256: hash.digest('hex'), bytes };
}

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly signal?: AbortSignal;
  readonly send: (sent: ClientRequest) => Promise<void>;
}

async function exchange({ port, token }: Place, { method, path, headers, signal, send }: Exchange) {
  const sent = request({
    agent: false,
    port,
    host: '127.0.0.1',
    method,
    path,
    headers: { Authorization: `Bearer ${token}`, 'X-Client': 'api', ...headers },
    ...(signal ? { signal } : {}),
  });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  // The answer, or the end of the line, may come before all is sent.
  const sending = send(sent).then(
    () => sent.end(),
    (error: unknown) => sent.destroy(error as Error),
  );
  const [response] = await answered;
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += part as string;
  await sending;
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

async function writeFrom(sent: ClientRequest, content: Content, from: number): Promise<void> {
  // Each wait for room adds two, until it is over.
  sent.setMaxListeners(0);
  for (let at = from; at < content.size && !sent.destroyed;) {
    const part = content.part(at);
    at += part.length;
    if (!sent.write(part)) await Promise.race([once(sent, 'drain'), once(sent, 'close')]);
  }
}
