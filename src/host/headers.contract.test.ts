import { connect } from 'node:net';
import { openAppWithTeam, type AppWithTeam } from '../../test/harness/app-with-team.ts';

let opened: AppWithTeam;
let token: string;

beforeAll(async () => {
  opened = await openAppWithTeam();
  token = (await opened.team.owner).session.accessToken;
});
afterAll(() => opened.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
}

const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
  const { status, headers, body } = await fetch(opened.app.url + path, init);
  await body?.cancel();
  return { status, headers };
};

/** What comes back for bytes that no client would send. */
async function askRaw(text: string): Promise<Answer> {
  const { port } = new URL(opened.app.url);
  const answer = await new Promise<string>((resolve) => {
    let received = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('close', () => {
      resolve(received);
    });
  });
  const [status = '', ...lines] = answer.split('\r\n\r\n')[0]?.split('\r\n') ?? [];
  const headers = new Headers();
  for (const line of lines) headers.append(line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim());
  return { status: Number(status.split(' ')[1]), headers };
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});
const signedIn = (init: RequestInit = {}): RequestInit => ({ ...init, headers: { Authorization: `Bearer ${token}` } });
const polling = '/socket.io/?EIO=4&transport=polling';

test.each<[string, number, () => Promise<Answer>]>([
  ['an operation', 200, () => ask('/api/v1/team')],
  ['an operation of a person', 200, () => ask('/api/v1/users/me', signedIn())],
  ['an operation without an answer', 404, () => ask('/api/v1/invites/none', signedIn({ method: 'DELETE' }))],
  ['the public keys', 200, () => ask('/.well-known/jwks.json')],
  ['a refusal for want of a token', 401, () => ask('/api/v1/users/me')],
  ['a malformed body', 400, () => ask('/api/v1/auth/login', json({ login: 7 }))],
  ['a body too large', 413, () => ask('/api/v1/auth/login', json({ login: 'x'.repeat(20_000) }))],
  ['another method', 405, () => ask('/api/v1/team', { method: 'DELETE' })],
  ['a preflight', 204, () => ask('/api/v1/team', { method: 'OPTIONS', headers: { Origin: 'https://evil.net' } })],
  ['what is nowhere in the interface', 404, () => ask('/api/v1/no/such')],
  ['what is nowhere', 404, () => ask('/no/such/file.js')],
  [
    'another origin’s refresh',
    403,
    () =>
      ask('/api/v1/auth/refresh', {
        ...json({}),
        headers: { 'Content-Type': 'application/json', Cookie: 'confab_refresh=x', Origin: 'https://evil.net' },
      }),
  ],
  ['liveness', 200, () => ask('/health/live')],
  ['readiness', 200, () => ask('/health/ready')],
  ['metrics', 200, () => ask('/metrics')],
  ['metrics through a proxy', 404, () => ask('/metrics', { headers: { Via: '1.1 proxy' } })],
  ['the document of the interface', 200, () => ask('/api/openapi.json')],
  ['the reference', 200, () => ask('/api/docs')],
  ['a file of the reference', 200, () => ask('/api/docs/ui/swagger-ui.css')],
  ['a polling handshake', 200, () => ask(polling)],
  ['a polling handshake from another site', 403, () => ask(polling, { headers: { Origin: 'https://evil.net' } })],
  ['a poll of nobody', 400, () => ask(`${polling}&sid=none`)],
  ['a poll of no transport', 400, () => ask('/socket.io/?EIO=4&transport=pigeon')],
  ['what is no HTTP', 400, () => askRaw('HELLO\r\n\r\n')],
  ['an offer of HTTP/2', 200, () => askRaw('GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n')],
  [
    'a WebSocket of another path',
    404,
    () => askRaw('GET /api/v1/ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n'),
  ],
  ['a header too large', 431, () => askRaw(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)],
])('the answer to %s (%d) lets a browser trust it with nothing', async (_what, status, asked) => {
  const { status: got, headers } = await asked();
  expect(got).toBe(status);
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    'permissions-policy': expect.stringMatching(/camera=\(self\).*geolocation=\(\).*microphone=\(self\)/),
  });
});
