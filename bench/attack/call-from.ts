import { ApiError, type Call } from '../rig/api.ts';

export interface Reply<T> {
  readonly status: number;
  readonly body: T;
  /** Milliseconds from the request to the whole answer. */
  readonly ms: number;
}

/** One call of the HTTP contract by a client at `address`, as a trusted proxy would pass it on. Answers any status. */
export async function askFrom<T>(port: number, address: string, { method, path, token, body }: Call): Promise<Reply<T>> {
  const since = performance.now();
  const response = await fetch(`http://127.0.0.1:${String(port)}/api/v1${path}`, {
    method,
    headers: {
      'X-Client': 'api',
      'X-Forwarded-For': address,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T, ms: performance.now() - since };
}

/** The same; anything but 2xx throws. */
export async function callFrom<T>(port: number, address: string, request: Call): Promise<T> {
  const { status, body } = await askFrom<T>(port, address, request);
  if (status < 200 || status > 299)
    throw new ApiError(`${request.method} ${request.path} -> ${String(status)} ${JSON.stringify(body).slice(0, 400)}`, status);
  return body;
}
