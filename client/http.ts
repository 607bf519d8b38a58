import type { HttpBinding, Operation, Output, RawInput } from '../src/contracts/define.ts';
import { ClientError, fromProblem, offline } from './client-error.ts';
import type { DeviceToken } from './device-token.ts';
import { noPulse, type Pulse } from './pulse.ts';
import type { Timers } from './timers.ts';

export interface HttpRequest {
  readonly method: string;
  /** Path and query below the origin. */
  readonly target: string;
  readonly body: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpParts {
  readonly url: string;
  readonly timers: Timers;
  /** Stalls are not looked for unless given. */
  readonly pulse?: Pick<Pulse, 'asked' | 'received'>;
  readonly fetch: typeof fetch;
  /** A program: tokens in bodies instead of cookies. */
  readonly isProgram: boolean;
  /** Of a program; sent where a session begins. A browser has a cookie. */
  readonly device?: Pick<DeviceToken, 'get'>;
}

type Fields = Readonly<Record<string, unknown>>;

/** A request of an upload: bytes go, and headers come. */
export interface UploadRequest {
  readonly method: 'POST' | 'PATCH' | 'GET' | 'DELETE';
  /** Below the API. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Blob | null;
  readonly signal?: AbortSignal;
}

export interface UploadAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Null where the answer is not JSON, as that of a proxy. */
  readonly body: unknown;
}

/** A request that sends a piece of a file may take so long. */
const uploadWithinMs = 120_000;
/** An answer may take this much longer than the server works on it. */
const slackMs = 5_000;
/** A download of which nothing comes for so long has ended. */
const silenceMs = 30_000;

/** Calls the HTTP transport of any declared operation. */
export class Http {
  readonly #parts: HttpParts;

  constructor(parts: HttpParts) {
    this.#parts = parts;
  }

  /** Rejects with `ClientError`: the server's problem, or `offline` without an answer. */
  async send<O extends Operation>(operation: O, input: RawInput<O>, token: string | null): Promise<Output<O>> {
    if (!operation.http) throw new ClientError('not_found', { detail: `${operation.name} is not served over HTTP.` });
    const request = requestOf(operation.http, await this.#withDevice(operation.http, input as Fields));
    const { status, body } = await this.#exchange(request, token, operation.deadlineMs + slackMs, jsonOf);
    if (status >= 200 && status < 300) return body as Output<O>;
    throw fromProblem(body, status);
  }

  /** The bytes below a path of the API, or the `first` of them. They take as long as they need, as long as some come. Rejects as `send` does. */
  async download(path: string, token: string | null, first?: number): Promise<Blob> {
    const headers = first === undefined ? {} : { Range: `bytes=0-${String(first - 1)}` };
    const request: HttpRequest = { method: 'GET', target: `/api/v1${path}`, body: null, headers };
    const { status, body } = await this.#exchange(request, token, silenceMs, (response, { received, wait }) =>
      response.ok
        ? blobOf(response, () => {
            received();
            wait();
          })
        : jsonOf(response, { received }),
    );
    if (body instanceof Blob) return body;
    throw fromProblem(body, status);
  }

  /** Answers whatever the server, or a proxy before it, says; rejects as `send` does without an answer, and where the token was refused. */
  async upload({ method, path, headers = {}, body = null, signal }: UploadRequest, token: string): Promise<UploadAnswer> {
    const abort = new AbortController();
    const end = (): void => abort.abort();
    const stop = this.#parts.timers.after(uploadWithinMs, end);
    signal?.addEventListener('abort', end);
    try {
      signal?.throwIfAborted();
      const response = await this.#parts.fetch(`${this.#parts.url}/api/v1${path}`, {
        method,
        headers: { ...this.#headers(token, false), ...headers },
        body,
        credentials: this.#parts.isProgram ? 'omit' : 'include',
        signal: abort.signal,
      });
      const answer = { status: response.status, headers: response.headers, body: parsed(await response.text()) };
      if (answer.status === 401) throw fromProblem(answer.body, answer.status);
      return answer;
    } catch (error) {
      throw error instanceof ClientError ? error : offline('The server did not answer.');
    } finally {
      stop();
      signal?.removeEventListener('abort', end);
    }
  }

  /** A renewal goes without: a session whose device is not known any more goes on. */
  async #withDevice({ deviceField, cookieField }: HttpBinding, input: Fields): Promise<Fields> {
    const { device } = this.#parts;
    if (!device || deviceField === undefined || cookieField !== undefined || input[deviceField] !== undefined) return input;
    return { ...input, [deviceField]: await device.get() };
  }

  async #exchange<T>(
    { method, target, body, headers }: HttpRequest,
    token: string | null,
    withinMs: number,
    read: (response: Response, line: Line) => Promise<T>,
  ): Promise<{ status: number; body: T }> {
    const abort = new AbortController();
    const { pulse = noPulse, timers } = this.#parts;
    const answered = pulse.asked();
    let stop = (): void => undefined;
    const wait = (): void => {
      stop();
      stop = timers.after(withinMs, () => {
        abort.abort();
      });
    };
    wait();
    try {
      const response = await this.#parts.fetch(this.#parts.url + target, {
        method,
        headers: { ...this.#headers(token, body !== null), ...headers },
        body,
        credentials: this.#parts.isProgram ? 'omit' : 'include',
        signal: abort.signal,
      });
      return { status: response.status, body: await read(response, { received: pulse.received, wait }) };
    } catch {
      throw offline('The server did not answer.');
    } finally {
      stop();
      answered();
    }
  }

  #headers(token: string | null, hasBody: boolean): Record<string, string> {
    return {
      Accept: 'application/json',
      ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(this.#parts.isProgram ? { 'X-Client': 'api' } : {}),
    };
  }
}

/** How an answer comes. */
interface Line {
  /** Something came: a slow line does not count as a stall. */
  readonly received: () => void;
  /** The time that the answer has begins anew. */
  readonly wait: () => void;
}

async function* chunksOf(response: Response, received: () => void): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  received();
  if (!response.body) return;
  const reader = response.body.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    received();
    yield piece.value;
  }
}

async function jsonOf(response: Response, { received }: Pick<Line, 'received'>): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of chunksOf(response, received)) text += decoder.decode(chunk, { stream: true });
  return parsed(text + decoder.decode());
}

async function blobOf(response: Response, received: () => void): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of chunksOf(response, received)) chunks.push(chunk);
  return new Blob(chunks, { type: response.headers.get('Content-Type') ?? '' });
}

/** Path names are taken from the input; the rest goes into the query of GET and DELETE, or else into the body. */
export function requestOf(binding: HttpBinding, input: Fields): HttpRequest {
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const path = binding.path.replace(/:(\w+)/g, (_whole, name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    return encodeURIComponent(asText(value));
  });
  const target = (binding.root ? '' : '/api/v1') + path;
  if (binding.method !== 'GET' && binding.method !== 'DELETE') {
    return { method: binding.method, target, body: rest.size > 0 ? JSON.stringify(Object.fromEntries(rest)) : null };
  }
  const query = new URLSearchParams([...rest].map(([name, value]) => [name, asText(value)]));
  return { method: binding.method, target: query.size > 0 ? `${target}?${query.toString()}` : target, body: null };
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

function parsed(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
