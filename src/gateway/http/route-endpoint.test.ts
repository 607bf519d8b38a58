import { serveTransport } from './http-transport.fixture.ts';
import { connect, type Socket } from 'node:net';
import { type Served } from '../../../test/harness/served.ts';
import { eventually } from '../../../test/harness/eventually.ts';
import { Problem } from '../../contracts/errors.ts';
import type { AuditTrail } from '../../kernel/audit.ts';
import { AppError } from '../../kernel/errors.ts';
import { answers, type RouteCall, type RouteImplementation } from '../../kernel/routes.ts';
import type { Role } from '../../contracts/auth/accounts.ts';
import { issuer, PipelineFixture } from '../call-pipeline.fixture.ts';
import { type Limits, memoryLimits, unlimited } from '../limits.ts';
import { limitBodyTime } from './body-time.ts';
import { echo, form, hang, json, leave, parts, picture, slow, wipe } from './routes.fixture.ts';

let fixture: PipelineFixture;
let audited: object[];
let gone: string[];
const servers: Served[] = [];
const sockets: Socket[] = [];

beforeEach(() => {
  fixture = new PipelineFixture();
  audited = [];
  gone = [];
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) await server.close();
});

const handlers = (): readonly RouteImplementation[] => [
  answers(
    echo,
    (_parts: null, { request }) =>
      new Response(request.body, { headers: { 'Content-Type': 'text/plain', 'X-Content-Type-Options': 'off' } }),
  )(null),
  answers(picture, async (_parts: null, { request }) =>
    Response.json({ bytes: (await request.arrayBuffer()).byteLength, type: request.headers.get('content-type') }),
  )(null),
  answers(form, (_parts: null, { input: fields }) => html(JSON.stringify(fields)))(null),
  answers(
    json,
    (_parts: null, { input: fields, request }) =>
      new Response(`${JSON.stringify(fields)} ${request.url} ${[...request.headers.keys()].join()}`),
  )(null),
  answers(parts, async (_parts: null, { request }) => Response.json([...(await request.formData()).keys()]))(null),
  answers(leave, (_parts: null, { input: { folder } }) => {
    if (folder === 'nowhere') return new Response('no redirect');
    if (folder === 'longer') return new Response('12345', { status: 302, headers: { Location: '/', 'Content-Length': '2' } });
    if (folder === 'refused') throw new AppError('not_found', { detail: 'No such provider.' });
    const response = new Response(null, { status: 302, headers: { Location: 'https://example.org/start' } });
    response.headers.append('Set-Cookie', 'state=1; HttpOnly');
    response.headers.append('Set-Cookie', 'other=2; HttpOnly');
    return response;
  })(null),
  answers(slow, (_parts: null, { request }) => new Response(request.body))(null),
  answers(wipe, () => new Response('gone'))(null),
  answers(hang, (_parts: null, { request }: RouteCall) => {
    request.signal.addEventListener('abort', () => gone.push((request.signal.reason as AppError).code));
    return new Promise<Response>(() => undefined);
  })(null),
];

const html = (text: string): Response => new Response(text, { headers: { 'Content-Type': 'text/html' } });

async function open(limits: Limits = unlimited): Promise<string> {
  const audit: AuditTrail = {
    begin: ({ name }, given, { actor }) => Promise.resolve(String(audited.push({ name, given, by: actor?.role }))),
    end: (_row, outcome) => Promise.resolve(void audited.push({ outcome })),
    list: () => Promise.resolve([]),
  };
  const server = await serveTransport(fixture, { limits, audit, routes: handlers() });
  servers.push(server);
  return server.url;
}

const bearer = (role: Role = 'member') => ({ Authorization: `Bearer ${fixture.token(fixture.signIn(role))}` });
const post = (body: RequestInit['body'], headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { ...bearer(), ...headers },
  body: body ?? null,
});
const problemOf = async (answer: Response): Promise<Problem> => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  return Problem.parse(await answer.json());
};

describe('a body', () => {
  test('of bytes comes back as it went, with the protection of every answer', async () => {
    const bytes = 'x'.repeat(90_000);
    const answer = await fetch(`${await open()}/api/v1/echo/a`, post(bytes));
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]).toEqual([
      200,
      'text/plain',
      'nosniff',
    ]);
    expect(await answer.text()).toBe(bytes);
  });

  test('is begun to be answered before it has ended', async () => {
    const { socket, seen } = await asksInPart('/api/v1/echo/a');
    await eventually(() => {
      expect(seen()).toContain('half');
    });
    socket.write(' later');
    await eventually(() => {
      expect(seen()).toContain(' later');
    });
  });

  test.each([
    ['too long, as it says', 'x'.repeat(1_001), { 'Content-Type': 'image/png' }, 'payload_too_large'],
    ['too long, without saying so', new Blob(['x'.repeat(2_000)]).stream(), { 'Content-Type': 'image/png' }, 'payload_too_large'],
    ['of a type it does not take', '{}', { 'Content-Type': 'application/json' }, 'unsupported_media_type'],
    ['without a type', Buffer.from('x'), {}, 'unsupported_media_type'],
  ])('%s is refused', async (_name, body, headers, code) => {
    const request = { ...post(body as never, headers as Record<string, string>), method: 'PUT', duplex: 'half' } as RequestInit;
    expect(await problemOf(await fetch(`${await open()}/api/v1/pictures/a`, request))).toMatchObject({ code });
  });

  test('of a type it takes is read whole', async () => {
    const answer = await fetch(`${await open()}/api/v1/pictures/a`, { ...post('12345', { 'Content-Type': 'image/png' }), method: 'PUT' });
    expect(await answer.json()).toEqual({ bytes: 5, type: 'image/png' });
  });

  test('of a form is input, and what it lacks is named', async () => {
    const url = `${await open()}/api/v1/forms/a`;
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ note: 'häi' }) });
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/html', '{"folder":"a","note":"häi"}']);
    const wrong = await fetch(`${await open()}/api/v1/forms/${'x'.repeat(11)}`, { method: 'POST', body: new URLSearchParams() });
    expect(await problemOf(wrong)).toMatchObject({ code: 'validation_failed', errors: [{ path: 'folder' }] });
    expect(await problemOf(await fetch(url, { method: 'POST', body: 'note=1', headers: { 'Content-Type': 'text/plain' } }))).toMatchObject({
      code: 'unsupported_media_type',
    });
  });

  test('of JSON is input; what says who calls is kept from the handler, and the address is the configured one', async () => {
    const answer = await fetch(
      `${await open()}/api/v1/json/a?count=3`,
      post('{"note":"x"}', { 'Content-Type': 'application/json', Cookie: 'a=b', 'X-Forwarded-For': '1.2.3.4', 'X-Mine': '1' }),
    );
    const [fields = '', url, names] = (await answer.text()).split(' ');
    expect(JSON.parse(fields)).toEqual({ folder: 'a', count: 3, note: 'x' });
    expect(url).toBe(`${issuer}/api/v1/json/a?count=3`);
    expect(names?.split(',')).toEqual(expect.arrayContaining(['x-mine']));
    expect(names).not.toMatch(/authorization|cookie|forwarded|host/);
  });

  test('belongs to the configured address also where the request names a whole one', async () => {
    const { hostname, port } = new URL(await open());
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    let seen = '';
    socket.on('data', (data: Buffer) => (seen += data.toString()));
    socket.write(
      `POST http://elsewhere.example/api/v1/json/a?count=3 HTTP/1.1\r\nHost: elsewhere.example\r\nAuthorization: ${bearer().Authorization}\r\n\r\n`,
    );
    await eventually(() => {
      expect(seen).toContain(` ${issuer}/api/v1/json/a?count=3 `);
    });
  });

  test('of a form with too many fields is refused', async () => {
    const many = { method: 'POST', body: new URLSearchParams(Array.from({ length: 101 }, (_, at) => [`n${String(at)}`, 'x'])) };
    expect(await problemOf(await fetch(`${await open()}/api/v1/forms/a`, many))).toMatchObject({ code: 'validation_failed' });
  });

  test('of several parts is read by the handler', async () => {
    const data = new FormData();
    data.set('file', new Blob(['abc']), 'ä.txt');
    data.set('title', 'x');
    expect(await (await fetch(`${await open()}/api/v1/parts/a`, post(data))).json()).toEqual(['file', 'title']);
  });
});

describe('an answer', () => {
  test('may lead elsewhere and set cookies', async () => {
    const answer = await fetch(`${await open()}/api/v1/leave/a`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location'), answer.headers.getSetCookie()]).toEqual([
      302,
      'https://example.org/start',
      ['state=1; HttpOnly', 'other=2; HttpOnly'],
    ]);
  });

  test('of another kind than declared is a bug, and says nothing of it', async () => {
    expect(await problemOf(await fetch(`${await open()}/api/v1/leave/nowhere`))).toMatchObject({
      code: 'internal',
      detail: 'Something went wrong on our side.',
    });
  });

  test('that is longer than it announces ends the connection: nothing of it is taken for the next answer', async () => {
    await expect(fetch(`${await open()}/api/v1/leave/longer`, { redirect: 'manual' }).then((answer) => answer.text())).rejects.toThrow();
  });

  test('that refuses is a problem, as of an operation', async () => {
    expect(await problemOf(await fetch(`${await open()}/api/v1/leave/refused`))).toMatchObject({
      code: 'not_found',
      detail: 'No such provider.',
    });
  });

  test('to HEAD has no body, and to another method is 405', async () => {
    const url = `${await open()}/api/v1/leave/a`;
    const head = await fetch(url, { method: 'HEAD', redirect: 'manual' });
    expect([head.status, await head.text()]).toEqual([302, '']);
    const put = await fetch(url, { method: 'PUT' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET']);
  });
});

describe('who may', () => {
  test('nobody without a session, no member where an admin is asked for', async () => {
    const url = await open();
    expect(await problemOf(await fetch(`${url}/api/v1/echo/a`, { method: 'POST', body: 'x' }))).toMatchObject({ code: 'unauthenticated' });
    expect(await problemOf(await fetch(`${url}/api/v1/wipe/a`, { method: 'DELETE', headers: bearer() }))).toMatchObject({
      code: 'forbidden',
    });
    expect(audited).toEqual([]);
  });

  test('a change of an admin leaves its row', async () => {
    const answer = await fetch(`${await open()}/api/v1/wipe/a`, { method: 'DELETE', headers: bearer('admin') });
    expect(await answer.text()).toBe('gone');
    expect(audited).toEqual([{ name: 'test.wipe', given: { folder: 'a' }, by: 'admin' }, { outcome: 'ok' }]);
  });

  test('as often as the budget says', async () => {
    const url = `${await open(memoryLimits(() => 1))}/api/v1/echo/a`;
    const headers = bearer();
    const first = await fetch(url, { method: 'POST', headers, body: 'x' });
    expect(Number(first.headers.get('ratelimit-remaining'))).toBeLessThan(Number(first.headers.get('ratelimit-limit')));
    const all = await Promise.all(
      Array.from({ length: 400 }, async () => (await fetch(url, { method: 'POST', headers, body: 'x' })).status),
    );
    expect(all).toContain(429);
  });
});

describe('nothing waits for ever', () => {
  test('a handler that says nothing after the last byte is given up', async () => {
    expect(await problemOf(await fetch(`${await open()}/api/v1/hang/a`, post('x')))).toMatchObject({ code: 'deadline_exceeded' });
    expect(gone).toEqual(['deadline_exceeded']);
  });

  test('a handler learns that its client is gone', async () => {
    const leaving = new AbortController();
    const asked = fetch(`${await open()}/api/v1/hang/a`, { ...post('x'), signal: leaving.signal });
    setTimeout(() => leaving.abort(), 50);
    await expect(asked).rejects.toThrow();
    await eventually(() => {
      expect(gone).toEqual(['client_closed']);
    });
  });

  test('a body that stops while it is answered ends the connection', async () => {
    const { socket } = await asksInPart('/api/v1/slow/a');
    await new Promise((resolve) => socket.once('close', resolve));
  });

  test('nobody has more than 64 under way, and nobody else waits for them', async () => {
    const url = await open();
    const mine = bearer();
    const slow = await Promise.all(Array.from({ length: 64 }, () => asksInPart('/api/v1/echo/a', url, mine)));
    await eventually(() => {
      for (const { seen } of slow) expect(seen()).toContain('half');
    });
    const ask = (headers: Record<string, string>) => fetch(`${url}/api/v1/echo/a`, { method: 'POST', headers, body: 'x' });
    expect(await problemOf(await ask(mine))).toMatchObject({ code: 'rate_limited', retryAfter: 1 });
    expect((await ask(bearer())).status).toBe(200);
    slow[0]?.socket.destroy();
    await eventually(async () => {
      expect((await ask(mine)).status).toBe(200);
    });
  });

  test('a body that is not whole in time ends with 408, unless a route reads its bytes', async () => {
    const url = await open();
    const { server } = servers.at(-1)!;
    limitBodyTime(server, 100);
    const read = await asksInPart('/api/v1/echo/a', url);
    const late = await asksInPart('/api/v1/json/a', url);
    await eventually(() => {
      expect(late.seen()).toMatch(/^HTTP\/1.1 408 /);
    });
    read.socket.write(' rest!');
    await eventually(() => {
      expect(read.seen()).toContain('rest!');
    });
  });
});

/** Sends four of ten bytes. */
async function asksInPart(path: string, url?: string, { Authorization } = bearer()): Promise<{ socket: Socket; seen: () => string }> {
  const { port, hostname } = new URL(url ?? (await open()));
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  let seen = '';
  socket.on('data', (data: Buffer) => (seen += data.toString()));
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${Authorization}\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\nhalf`,
  );
  return { socket, seen: () => seen };
}
