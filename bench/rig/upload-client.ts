import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type ClientRequest, request, type IncomingMessage } from 'node:http';
import { fileForm } from './form.ts';

/** Where a kind of server takes a file. */
export type UploadDialect = 'form' | 'plain';

export const uploadBytes = 16 * 2 ** 20;
const chunkBytes = 2 ** 18;
/** Of an upload over a line: ten megabits and a little more. */
const lineBytesPerSecond = 5 * chunkBytes;
const body = randomBytes(uploadBytes);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

interface Server {
  readonly port: number;
  readonly token: string;
  readonly dialect: UploadDialect;
  /** Sends no faster than a good line at home does. */
  readonly isOverLine?: boolean;
}

/** Sends one file of `uploadBytes` whose bytes nobody sent before. Throws with the answer where it is refused. */
export async function uploadOne({ port, token, dialect, isOverLine = false }: Server): Promise<void> {
  const { head, tail, type } = dialect === 'form' ? fileForm : noForm;
  const sent = request({
    agent,
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/api/v1/media',
    headers: {
      Authorization: `Bearer ${token}`,
      'X-Client': 'api',
      'Content-Type': type,
      'Content-Length': head.length + uploadBytes + tail.length,
    },
  });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  sent.write(head);
  await writeFile(sent, isOverLine);
  sent.end(tail);
  await requireStatus(answered, 201);
}

/** The same file to an address that takes it as it is, as that of an object store. */
export async function putOne(url: string): Promise<void> {
  const sent = request(url, { agent, method: 'PUT', headers: { 'Content-Length': uploadBytes } });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  await writeFile(sent, false);
  sent.end();
  await requireStatus(answered, 200);
}

async function writeFile(sent: ClientRequest, isOverLine: boolean): Promise<void> {
  sent.write(randomUUID().padEnd(64));
  const since = performance.now();
  for (let at = 64; at < uploadBytes; at += chunkBytes) {
    if (!sent.write(body.subarray(at, Math.min(at + chunkBytes, uploadBytes)))) await once(sent, 'drain');
    if (isOverLine) await sleep(Math.max(0, (at / lineBytesPerSecond) * 1000 - (performance.now() - since)));
  }
}

async function requireStatus(answered: Promise<[IncomingMessage]>, status: number): Promise<void> {
  const [response] = await answered;
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += part as string;
  if (response.statusCode !== status) throw new Error(`an upload was answered ${String(response.statusCode)} ${text.slice(0, 200)}`);
}

const noForm = { head: Buffer.alloc(0), tail: Buffer.alloc(0), type: 'application/octet-stream' } as const;

/** Some of these at once, again and again, until it is ended; answers how many were done whole. */
export function keepBusy(width: number, task: () => Promise<unknown>): { readonly done: () => number; end(): Promise<void> } {
  let isOver = false;
  let done = 0;
  const lane = async (): Promise<void> => {
    while (!isOver) {
      await task();
      done++;
    }
  };
  const lanes = Promise.all(Array.from({ length: width }, lane));
  lanes.catch(() => undefined);
  return {
    done: () => done,
    end: async () => {
      isOver = true;
      await lanes;
    },
  };
}
