import { serveTransport } from './http-transport.fixture.ts';
import { connect } from 'node:net';
import { type Served } from '../../../test/harness/served.ts';
import { getTeam } from '../../contracts/auth/team.ts';
import { logIn, logOut } from '../../contracts/auth/sessions.ts';
import { Problem } from '../../contracts/errors.ts';
import { implement } from '../../kernel/bus/bus.ts';
import { AppError } from '../../kernel/errors.ts';
import { type Limits, unlimited } from '../limits.ts';
import { PipelineFixture } from '../call-pipeline.fixture.ts';

const servers: Served[] = [];
const credentials = { login: 'ana', password: 'correct horse' };

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function open({ limits = unlimited as Limits } = {}): Promise<string> {
  const fixture = new PipelineFixture();
  const { bus } = fixture;
  bus.serve(implement(getTeam, () => ({ name: 'Kitchen', setUp: true, registration: 'invite' as const, version: '1' })));
  bus.serve(
    implement(logIn, () => {
      throw new AppError('invalid_credentials');
    }),
  );
  bus.serve(implement(logOut, () => ({})));
  const server = await serveTransport(fixture, { limits });
  servers.push(server);
  return server.url;
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('a body', () => {
  /** What comes back when only the head of a request is sent. */
  const answerToHead = async (url: string, head: string): Promise<string> =>
    new Promise((resolve) => {
      let text = '';
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
        socket.write(`${head}Host: chat.example.org\r\nContent-Type: application/json\r\n\r\n`);
      });
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => {
        resolve(text);
      });
    });

  const spentLimits = (): Limits => ({
    ...unlimited,
    spendAddress: () => Promise.reject(new AppError('rate_limited', { detail: 'Too many requests.', retryAfter: 7 })),
  });

  test.each<[string, string, string]>([
    ['of an operation', 'POST /api/v1/auth/login', 'Content-Length: 240000'],
    ['without a size', 'POST /api/v1/auth/login', 'Transfer-Encoding: chunked'],
    ['of no address of ours', 'POST /api/v1/no/such/thing', 'Content-Length: 240000'],
    ['of a page', 'POST /', 'Content-Length: 240000'],
  ])('%s is not waited for when the address is over its budget, and the connection ends', async (_what, line, size) => {
    const text = await answerToHead(await open({ limits: spentLimits() }), `${line} HTTP/1.1\r\n${size}\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 429 /);
    expect(text).toMatch(/\r\nConnection: close\r\n/i);
  });

  test('is not waited for when nobody is signed in', async () => {
    const text = await answerToHead(await open(), 'POST /api/v1/auth/logout HTTP/1.1\r\nContent-Length: 240000\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 401 /);
  });

  test('of an operation that anybody may call is at most 16 KB', async () => {
    const url = await open();
    const login = (size: number) => fetch(`${url}/api/v1/auth/login`, json({ ...credentials, login: 'x'.repeat(size) }));
    expect((await login(15_000)).status).toBe(400);
    expect((await login(17_000)).status).toBe(413);
  });

  test('that is small and refused leaves the connection open', async () => {
    const answer = await fetch(`${await open()}/api/v1/auth/logout`, json({ displayName: 'Ana' }));
    expect([answer.status, answer.headers.get('connection')]).toEqual([401, 'keep-alive']);
  });

  test.each<[string, string]>([
    ['lists', '['.repeat(8_000) + ']'.repeat(8_000)],
    ['objects', `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`],
    ['lists in an object', `{"login":${'['.repeat(4_000)}${']'.repeat(4_000)}}`],
  ])('of %s nested deeply is refused before it is parsed', async (_what, body) => {
    const answer = await fetch(`${await open()}/api/v1/auth/login`, json(body));
    expect([answer.status, Problem.parse(await answer.json()).detail]).toEqual([400, 'The body is nested too deeply.']);
  });

  test('of a question is not read', async () => {
    const url = await open();
    const text = await answerToHead(url, 'GET /api/v1/team HTTP/1.1\r\nConnection: close\r\nContent-Length: 240000\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('what is charged to the address', () => {
  test.each<[string, string, RequestInit]>([
    ['an operation', '/api/v1/team', {}],
    ['what is nowhere', '/api/v1/no/such/thing', {}],
    ['what is nowhere at all', '/no/such/file.js', {}],
    ['metrics', '/metrics', {}],
    ['a document', '/api/openapi.json', {}],
    ['a question of another method', '/api/v1/auth/login', { method: 'DELETE' }],
    ['a preflight', '/api/v1/auth/login', { method: 'OPTIONS' }],
  ])('%s', async (_what, path, request) => {
    const charged: string[] = [];
    const limits: Limits = { ...unlimited, spendAddress: (address) => Promise.resolve(void charged.push(address)) };
    await fetch((await open({ limits })) + path, request);
    expect(charged).toEqual(['127.0.0.1']);
  });

  test('but not whether the server is well: who asks that must learn it during a flood too', async () => {
    const limits: Limits = { ...unlimited, spendAddress: () => Promise.reject(new AppError('rate_limited')) };
    const url = await open({ limits });
    expect([(await fetch(`${url}/health/live`)).status, (await fetch(`${url}/health/ready`)).status]).toEqual([200, 200]);
  });
});
