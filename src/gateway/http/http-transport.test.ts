import { serveTransport } from './http-transport.fixture.ts';
import { gzipSync } from 'node:zlib';
import { Problem } from '../../contracts/errors.ts';
import type { Role } from '../../contracts/auth/accounts.ts';
import * as auth from '../../contracts/auth/index.ts';
import { type Served } from '../../../test/harness/served.ts';
import type { AuditTrail } from '../../kernel/audit.ts';
import { implement } from '../../kernel/bus/bus.ts';
import { AppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';
import { type Limits, memoryLimits, unlimited } from '../limits.ts';
import { issuer, PipelineFixture, user } from '../call-pipeline.fixture.ts';

const { changeRole, disableUser, getMe, getTeam, listAccounts, listUsers, logIn, logOut, refresh } = auth;

let fixture: PipelineFixture;
let logged: Record<string, unknown>[];
let audited: Record<string, unknown>[];
const servers: Served[] = [];

beforeEach(() => {
  fixture = new PipelineFixture();
  logged = [];
  audited = [];
  serve();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function serve(): void {
  const { bus } = fixture;
  const signedIn = (refreshToken: string) => ({ user: user(newId()), accessToken: 'access', expiresIn: 900, refreshToken });
  bus.serve(implement(getTeam, () => ({ name: 'Kitchen', setUp: true, registration: 'invite' as const, version: '1' })));
  bus.serve(implement(getMe, (_input, { actor }) => user(actor?.userId ?? newId(), actor?.role)));
  bus.serve(implement(listUsers, ({ query, limit }) => ({ items: [], nextCursor: `${query} ${String(limit)}` })));
  bus.serve(implement(listAccounts, () => ({ items: [], nextCursor: null })));
  bus.serve(implement(logIn, () => signedIn('first')));
  bus.serve(implement(logOut, () => ({})));
  bus.serve(
    implement(refresh, ({ refreshToken }) => {
      if (refreshToken === undefined || refreshToken === 'spent') throw new AppError('invalid_token', { detail: 'Sign in again.' });
      return signedIn(`after ${refreshToken}`);
    }),
  );
  bus.serve(implement(changeRole, ({ userId, role }) => user(userId, role)));
  bus.serve(
    implement(disableUser, () => {
      throw new TypeError('secret internals of the server');
    }),
  );
}

async function open({ publicUrl = issuer, limits = unlimited as Limits } = {}): Promise<string> {
  const note = (_message: string, fields?: object) => void logged.push({ ...fields });
  const logger: Logger = { debug: note, info: note, warn: note, error: note, child: () => logger };
  const audit: AuditTrail = {
    begin: (operation, input, context) => {
      audited.push({ operation: operation.name, input, by: context.actor?.userId });
      return Promise.resolve(String(audited.length - 1));
    },
    end: (row, outcome) => Promise.resolve(void Object.assign(audited[Number(row)] ?? {}, { outcome })),
    list: () => Promise.resolve([]),
  };
  const server = await serveTransport(fixture, { publicUrl, limits, audit, logger });
  servers.push(server);
  return server.url;
}

const bearer = (role: Role = 'member') => ({ Authorization: `Bearer ${fixture.token(fixture.signIn(role))}` });
const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const problemOf = async (answer: Response): Promise<Problem> => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  return Problem.parse(await answer.json());
};
const credentials = { login: 'ana', password: 'correct horse' };

describe('every answer', () => {
  test('keeps a page to itself', async () => {
    const { headers } = await fetch(`${await open()}/api/v1/team`);
    const policy = Object.fromEntries((headers.get('content-security-policy') ?? '').split(';').map((rule) => [rule.split(' ')[0], rule]));
    expect(policy).toMatchObject({
      'default-src': "default-src 'none'",
      'script-src': "script-src 'self'",
      'style-src': "style-src 'self'",
      'frame-ancestors': "frame-ancestors 'none'",
      'base-uri': "base-uri 'none'",
    });
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*|http:/);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('asks browsers to stay on https where there is https, and only there', async () => {
    const [secure, plain] = [
      await fetch(`${await open()}/api/v1/team`),
      await fetch(`${await open({ publicUrl: 'http://localhost:3000' })}/api/v1/team`),
    ];
    expect(secure.headers.get('strict-transport-security')).toContain('max-age=31536000');
    expect(plain.headers.get('strict-transport-security')).toBeNull();
  });

  test('names its request, and a refusal names the same', async () => {
    const answer = await fetch(`${await open()}/api/v1/users/me`);
    expect((await problemOf(answer)).requestId).toBe(answer.headers.get('x-request-id'));
  });

  test('lets pages of our origins read it and no others', async () => {
    const url = await open();
    const asked = (Origin: string) => fetch(`${url}/api/v1/team`, { headers: { Origin } });
    const [ours, foreign] = [await asked(issuer), await asked('https://evil.net')];
    expect([ours.headers.get('access-control-allow-origin'), ours.headers.get('access-control-allow-credentials')]).toEqual([
      issuer,
      'true',
    ]);
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await fetch(`${url}/api/v1/auth/login`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://evil.net', 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a request', () => {
  test('reaches its operation with what its path and query say', async () => {
    const answer = await fetch(`${await open()}/api/v1/users?query=42&limit=7`, { headers: bearer() });
    expect([answer.status, await answer.json()]).toEqual([200, { items: [], nextCursor: '42 7' }]);
  });

  test.each<[string, number, string, RequestInit, string?]>([
    ['of a body that is no JSON', 400, 'validation_failed', json('{"login":')],
    ['of a body that is a list', 400, 'validation_failed', json([1])],
    ['of a body with a stranger’s key', 400, 'validation_failed', json({ ...credentials, admin: true })],
    ['of an operator in place of a word', 400, 'validation_failed', json({ ...credentials, login: { $ne: null } })],
    ['of a form', 415, 'unsupported_media_type', { ...json('a=b'), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }],
    [
      'of a compressed body',
      415,
      'unsupported_media_type',
      { ...json(''), body: gzipSync('{}'), headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' } },
    ],
    [
      'of another alphabet',
      415,
      'unsupported_media_type',
      { ...json('{}'), headers: { 'Content-Type': 'application/json; charset=iso-8859-1' } },
    ],
    ...['utf-16', 'UTF-16LE', 'utf-32', '"utf-7"'].map((charset): [string, number, string, RequestInit] => [
      `in ${charset}`,
      415,
      'unsupported_media_type',
      { ...json(credentials), headers: { 'Content-Type': `application/json; charset=${charset}` } },
    ]),
    ['with bytes that are no UTF-8', 400, 'validation_failed', { ...json({}), body: Buffer.from('{"login":"\xff\xfe"}', 'latin1') }],
    ['of a body too large', 413, 'payload_too_large', json({ ...credentials, code: 'x'.repeat(300_000) })],
    ['by another method', 405, 'method_not_allowed', { method: 'DELETE' }],
    ['to no address of ours', 404, 'not_found', json(credentials), '/api/v1/no/such/thing'],
    ['to a malformed address', 400, 'validation_failed', { method: 'POST' }, '/api/v1/admin/users/%E0%A4%A/disable'],
  ])('%s is refused with %d', async (_what, status, code, request, path = '/api/v1/auth/login') => {
    const answer = await fetch((await open()) + path, request);
    expect([answer.status, (await problemOf(answer)).code]).toEqual([status, code]);
    expect(logged).toEqual([]);
  });

  test('by another method gets the allowed ones', async () => {
    expect((await fetch(`${await open()}/api/v1/auth/login`, { method: 'PUT' })).headers.get('allow')).toBe('POST');
  });

  test('that meets a bug learns nothing, while the log has it all', async () => {
    const answer = await fetch(`${await open()}/api/v1/admin/users/${newId()}/disable`, { method: 'POST', headers: bearer('owner') });
    const problem = await problemOf(answer);
    expect([answer.status, problem.code, problem.detail]).toEqual([500, 'internal', 'Something went wrong on our side.']);
    expect(logged).toEqual([
      expect.objectContaining({
        operation: 'auth.disableUser',
        requestId: problem.requestId,
        error: expect.stringContaining('secret internals'),
      }),
    ]);
  });
});

describe('who asks', () => {
  test('is refused with a reason: not signed in, or not in the role', async () => {
    const url = await open();
    const asked = async (path: string, headers = {}) => {
      const answer = await fetch(url + path, { headers });
      return [answer.status, answer.headers.get('www-authenticate')];
    };
    expect(await asked('/api/v1/users/me')).toEqual([401, 'Bearer']);
    expect(await asked('/api/v1/users/me', { Authorization: 'Bearer nonsense' })).toEqual([401, 'Bearer']);
    expect(await asked('/api/v1/users/me', { Authorization: 'Basic YTpi' })).toEqual([401, 'Bearer']);
    expect(await asked('/api/v1/users/me', bearer('guest'))).toEqual([200, null]);
    expect(await asked('/api/v1/admin/users', bearer('member'))).toEqual([403, null]);
    expect(await asked('/api/v1/admin/users', bearer('admin'))).toEqual([200, null]);
    expect(await asked('/api/v1/team', { Authorization: 'Bearer nonsense' })).toEqual([200, null]);
  });

  test('too often is refused with the time to come back', async () => {
    const url = await open({ limits: memoryLimits() });
    let answer = await fetch(`${url}/api/v1/auth/login`, json(credentials));
    expect([answer.headers.get('ratelimit-limit'), answer.headers.get('ratelimit-remaining')]).toEqual(['60', '59']);
    for (let n = 1; n <= 60; n++) answer = await fetch(`${url}/api/v1/auth/login`, json(credentials));
    expect([answer.status, (await problemOf(answer)).code, answer.headers.get('ratelimit-remaining')]).toEqual([429, 'rate_limited', '0']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await fetch(`${url}/api/v1/users/me`, { headers: bearer() })).status).toBe(200);
  });

  test('is charged to the address before a token is looked at', async () => {
    const charged: string[] = [];
    const limits: Limits = { ...unlimited, spendAddress: (address) => Promise.resolve(void charged.push(address)) };
    await fetch(`${await open({ limits })}/api/v1/users/me`, { headers: { Authorization: 'Bearer nonsense' } });
    expect(charged).toEqual(['127.0.0.1']);
  });
});

describe('what an admin changes', () => {
  test('leaves a row with its outcome, whatever it is', async () => {
    const url = await open();
    const owner = fixture.signIn('owner');
    const headers = { Authorization: `Bearer ${fixture.token(owner)}` };
    const userId = newId();
    await fetch(`${url}/api/v1/admin/users/${userId}/role`, { ...json({ role: 'guest' }, headers), method: 'PUT' });
    await fetch(`${url}/api/v1/admin/users/${userId}/role`, { ...json({ role: 'emperor' }, headers), method: 'PUT' });
    await fetch(`${url}/api/v1/admin/users/${userId}/disable`, { method: 'POST', headers });
    await fetch(`${url}/api/v1/admin/users`, { headers });
    expect(audited).toEqual([
      { operation: 'auth.changeRole', input: { userId, role: 'guest' }, by: owner.userId, outcome: 'ok' },
      { operation: 'auth.changeRole', input: { userId, role: 'emperor' }, by: owner.userId, outcome: 'validation_failed' },
      { operation: 'auth.disableUser', input: { userId }, by: owner.userId, outcome: 'internal' },
    ]);
  });
});

describe('the refresh token', () => {
  const asRefresh = (headers: Record<string, string>): RequestInit => json({}, { Cookie: '__Secure-confab_refresh=kept', ...headers });

  test('of a browser travels in a cookie alone, of a program in the body alone', async () => {
    const url = await open();
    const browser = await fetch(`${url}/api/v1/auth/login`, json(credentials));
    expect(browser.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Secure-confab_refresh=first; Path=\/api\/v1\/auth; .*HttpOnly; SameSite=Strict; Secure$/),
      expect.stringMatching(/^__Host-confab_device=[\w-]{32}; Path=\/; .*HttpOnly; SameSite=Strict; Secure$/),
    ]);
    expect(await browser.json()).not.toHaveProperty('refreshToken');
    const program = await fetch(`${url}/api/v1/auth/login`, json(credentials, { 'X-Client': 'api' }));
    expect(program.headers.getSetCookie()).toEqual([]);
    expect(await program.json()).toMatchObject({ refreshToken: 'first' });
  });

  test('of a cookie is traded for the next', async () => {
    const answer = await fetch(`${await open()}/api/v1/auth/refresh`, asRefresh({ Origin: issuer, 'Sec-Fetch-Site': 'same-origin' }));
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, [expect.stringMatching(/^__Secure-confab_refresh=after kept;/)]]);
  });

  test('of a cookie by the former name is traded once and replaced', async () => {
    const answer = await fetch(`${await open()}/api/v1/auth/refresh`, json({}, { Cookie: 'confab_refresh=old' }));
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([
      200,
      [expect.stringMatching(/^__Secure-confab_refresh=after old;/), expect.stringMatching(/^confab_refresh=; .*Max-Age=0/)],
    ]);
  });

  test('is none where another site of the domain added a cookie of the same name', async () => {
    const cookie = '__Secure-confab_refresh=planted; __Secure-confab_refresh=kept';
    const answer = await fetch(`${await open()}/api/v1/auth/refresh`, json({}, { Cookie: cookie }));
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []]);
  });

  test.each([{ Origin: 'https://evil.net' }, { 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'null' }])(
    'is used by no other site: %j',
    async (headers) => {
      const answer = await fetch(`${await open()}/api/v1/auth/refresh`, asRefresh(headers as Record<string, string>));
      expect([answer.status, (await problemOf(answer)).code, answer.headers.getSetCookie()]).toEqual([403, 'origin_refused', []]);
    },
  );

  test.each(['/auth/login', '/auth/refresh'])('is none of a page under another address, which learns the right one: %s', async (path) => {
    const body = path === '/auth/login' ? { login: 'ana', password: 'secret secret' } : {};
    const answer = await fetch(`${await open()}/api/v1${path}`, json(body, { Origin: 'http://192.168.1.5:3000' }));
    expect(answer.headers.getSetCookie()).toEqual([]);
    const errors = [{ path: 'publicUrl', message: 'https://chat.example.org' }];
    expect(await problemOf(answer)).toMatchObject({ status: 403, code: 'origin_refused', errors });
  });

  test('of a cookie is not taken for a program', async () => {
    expect((await fetch(`${await open()}/api/v1/auth/refresh`, asRefresh({ 'X-Client': 'api' }))).status).toBe(401);
  });

  test('that is spent is cleared from the browser, and so it is at logout', async () => {
    const url = await open();
    const cleared = [expect.stringMatching(/^__Secure-confab_refresh=; .*Max-Age=0/)];
    const spent = await fetch(`${url}/api/v1/auth/refresh`, json({}, { Cookie: '__Secure-confab_refresh=spent' }));
    expect([spent.status, spent.headers.getSetCookie()]).toEqual([401, cleared]);
    const out = await fetch(`${url}/api/v1/auth/logout`, { method: 'POST', headers: bearer() });
    expect([out.status, await out.text(), out.headers.getSetCookie()]).toEqual([204, '', cleared]);
  });
});

describe('metrics', () => {
  test('a call is measured under its operation, an address that is none under no name', async () => {
    const url = await open({ publicUrl: 'http://localhost:3000' });
    await fetch(`${url}/api/v1/team`);
    await fetch(`${url}/api/v1/users/${'x'.repeat(50)}`);
    const exposed = await (await fetch(`${url}/metrics`)).text();
    expect(exposed).toContain('confab_http_request_seconds_count{operation="auth.getTeam",status="2xx"} 1');
    expect(exposed).not.toContain('xxxxxxx');
  });
});
