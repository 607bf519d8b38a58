export interface Reply {
  readonly status: number;
  readonly text: string;
  /** Milliseconds from the request to the whole answer. */
  readonly ms: number;
}

/** One call of the HTTP contract, by a client at `address` where a trusted proxy passes it on; answers any status. */
export async function ask(port: number, { method, path, token, body, address }: Call): Promise<Reply> {
  const since = performance.now();
  const response = await fetch(`http://127.0.0.1:${String(port)}/api/v1${path}`, {
    method,
    headers: {
      'X-Client': 'api',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(address === undefined ? {} : { 'X-Forwarded-For': address }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  return { status: response.status, text, ms: performance.now() - since };
}

/** The same; anything but 2xx throws with the answer's text. */
export async function call<T>(port: number, request: Call): Promise<T> {
  const { status, text } = await ask(port, request);
  if (status < 200 || status > 299)
    throw new ApiError(`${request.method} ${request.path} -> ${String(status)} ${text.slice(0, 400)}`, status);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly address?: string;
}

export class ApiError extends Error {
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

export interface Session {
  readonly user: { readonly id: string };
  readonly accessToken: string;
  readonly refreshToken: string;
}

export const password = 'correct horse battery 9';

export function setUp(port: number, setupToken: string): Promise<Session> {
  const body = { token: setupToken, teamName: 'Bench', email: 'owner@example.org', username: 'owner', displayName: 'Owner', password };
  return call(port, { method: 'POST', path: '/setup', body });
}

export function register(port: number, username: string): Promise<Session> {
  const body = { email: `${username}@example.org`, username, displayName: username, password };
  return call(port, { method: 'POST', path: '/auth/register', body });
}

export function login(port: number, username: string): Promise<Session> {
  return call(port, { method: 'POST', path: '/auth/login', body: { login: username, password } });
}

/** Runs `task` for every number below `count`, at most `width` at a time; answers in order. */
export async function eachOf<T>(count: number, width: number, task: (index: number) => Promise<T>): Promise<T[]> {
  const answers = new Array<T>(count);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      answers[index] = await task(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
  return answers;
}
