import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, errorText } from '../../../../kernel/errors.ts';
import { seconds } from '../../../../kernel/clock.ts';
import type { Scanner } from '../../ports.ts';

/** Nothing of the conversation may take longer without a byte. clamd looks into a large archive for a while before it answers. */
const silenceMs = seconds(120);
const connectMs = seconds(5);
/** Of one piece that is sent; clamd takes up to its `StreamMaxLength` in all. */
const pieceBytes = 64 * 1024;
/** More is no answer of clamd. */
const longestAnswer = 4_096;

/** Asks clamd by its INSTREAM command (man 8 clamd) over TCP or a Unix socket: a connection for each file. */
export class ClamdScanner implements Scanner {
  readonly #at: { readonly path: string } | { readonly host: string; readonly port: number };
  readonly #silenceMs: number;

  /** `url`: `tcp://host:port` or `unix:/path`. */
  constructor(url: string, { silenceMs: given = silenceMs } = {}) {
    this.#at = placeOf(url);
    this.#silenceMs = given;
  }

  async scan(bytes: AsyncIterable<Uint8Array>): Promise<string | null> {
    const answer = await this.#verdictOn(bytes);
    const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
    if (found !== undefined) return found;
    if (answer === 'stream: OK') return null;
    if (answer.includes('size limit exceeded')) throw tooLarge();
    throw away(new Error(`clamd answered: ${answer.slice(0, 200)}`));
  }

  /** clamd closes over bytes that it did not read, and the system may then drop its last words: a reset by one that still answers means its limit. */
  async #verdictOn(bytes: AsyncIterable<Uint8Array>): Promise<string> {
    try {
      return await this.#ask('INSTREAM', bytes);
    } catch (error) {
      if (!wasReset(error)) throw error;
      await this.state().catch((reason: unknown) => Promise.reject(away(reason)));
      throw tooLarge();
    }
  }

  async state(): Promise<string> {
    const answer = await this.#ask('VERSION');
    if (!answer.startsWith('ClamAV ')) throw new Error(`what listens at CLAMAV_URL is no clamd: ${JSON.stringify(answer.slice(0, 80))}`);
    return answer;
  }

  async #ask(command: string, bytes?: AsyncIterable<Uint8Array>): Promise<string> {
    const socket = await this.#connected();
    // What ends it early is named by the answer, or by its absence.
    socket.on('error', () => undefined);
    socket.setTimeout(this.#silenceMs, () => socket.destroy(new Error(`clamd said nothing for ${String(this.#silenceMs / 1000)} s`)));
    let isAnswered = false;
    const answer = answerOf(socket).finally(() => (isAnswered = true));
    answer.catch(() => undefined);
    try {
      socket.write(`z${command}\0`);
      if (bytes) await sendAll(socket, bytes, () => isAnswered);
      return await answer;
    } finally {
      socket.destroy();
    }
  }

  async #connected(): Promise<Socket> {
    const socket = connect(this.#at);
    const late = setTimeout(() => socket.destroy(new Error('clamd does not take the connection')), connectMs);
    try {
      await once(socket, 'connect');
      return socket;
    } catch (error) {
      throw away(error);
    } finally {
      clearTimeout(late);
    }
  }
}

/**
 * In pieces, each after its length; a length of zero ends them. Stops where clamd has answered before the end: it has seen enough, and closes. What it
 * said is read before the next piece goes out, as a write to what it closed would end the connection with its answer unread.
 */
async function sendAll(socket: Socket, bytes: AsyncIterable<Uint8Array>, isAnswered: () => boolean): Promise<void> {
  const isOver = (): boolean => isAnswered() || socket.destroyed || socket.readableEnded || !socket.writable;
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.byteLength; at += pieceBytes) {
      await nextTurn();
      if (isOver()) return;
      const piece = chunk.subarray(at, at + pieceBytes);
      socket.write(lengthOf(piece.byteLength));
      if (!socket.write(piece)) await drained(socket);
    }
  }
  if (!isOver()) socket.write(lengthOf(0));
}

const drained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    const go = (): void => {
      for (const event of ['drain', 'close', 'end'] as const) socket.off(event, go);
      resolve();
    };
    for (const event of ['drain', 'close', 'end'] as const) socket.on(event, go);
  });

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

/** The text before the NUL that ends it. */
function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\0')) resolve(text.slice(0, text.indexOf('\0')).trim());
      else if (text.length > longestAnswer) socket.destroy(new Error('what answers is no clamd'));
    });
    let reason: Error | undefined;
    socket.on('error', (error) => (reason = error));
    socket.on('close', () => reject(away(reason ?? new Error('clamd ended the connection without an answer'))));
  });
}

/** No file is taken unseen. */
const away = (error: unknown): AppError =>
  new AppError('unavailable', {
    detail: 'The virus scanner does not answer: files are taken again once it does.',
    retryAfter: 10,
    cause: new Error(errorText(error), { cause: error }),
  });

const tooLarge = (): AppError =>
  new AppError('payload_too_large', {
    detail: 'The virus scanner takes no file of this size. An admin can raise StreamMaxLength of clamd.',
  });

/** Of what `away` made. */
function wasReset(error: unknown): boolean {
  const reason: unknown = error instanceof AppError && error.cause instanceof Error ? error.cause.cause : null;
  return typeof reason === 'object' && reason !== null && 'code' in reason && (reason.code === 'ECONNRESET' || reason.code === 'EPIPE');
}

function placeOf(url: string): { path: string } | { host: string; port: number } {
  if (url.startsWith('unix:')) return { path: url.slice('unix:'.length) };
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}
