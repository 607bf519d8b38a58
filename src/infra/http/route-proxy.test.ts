import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { z } from 'zod';
import { eventually } from '../../../test/harness/eventually.ts';
import { route } from '../../contracts/define.ts';
import type { NodeInfo } from '../../kernel/bus/cluster-transport.ts';
import { systemClock } from '../../kernel/clock.ts';
import { type Context, systemContext } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { newId, newSecret } from '../../kernel/ids.ts';
import { answers, bodyStream, LocalRoutes, type RouteImplementation } from '../../kernel/routes.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { MessageAuth } from '../cluster/auth/message-auth.ts';
import { createMetrics } from '../telemetry/prometheus-metrics.ts';
import { RouteListener } from './route-listener.ts';
import { sealHeader, sealOf, textOf } from './route-message.ts';
import { RouteProxy } from './route-proxy.ts';

const input = z.object({ name: z.string() });
const echo = route({
  name: 'files.echo',
  summary: 'x',
  access: 'user',
  input,
  http: { method: 'POST', path: '/echo' },
  body: 'stream',
  answer: 'stream',
});
const show = route({ name: 'files.show', summary: 'x', access: 'user', input, http: { method: 'GET', path: '/show' }, answer: 'json' });
const endless = route({
  name: 'files.endless',
  summary: 'x',
  access: 'user',
  input,
  http: { method: 'GET', path: '/endless' },
  answer: 'stream',
});
const leave = route({
  name: 'files.leave',
  summary: 'x',
  access: 'user',
  input,
  http: { method: 'GET', path: '/leave' },
  answer: 'redirect',
});

const secret = newSecret();
const authOf = (of = secret) => new MessageAuth({ secret: of, nodeId: newId(), logger: silentLogger, metrics: createMetrics() });

let asked: { input: unknown; context: Context; headers: Headers }[];
let produced: number;
let ended: string[];
const closes: (() => Promise<void> | void)[] = [];

beforeEach(() => {
  asked = [];
  produced = 0;
  ended = [];
});
afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close();
});

const handlers = (): readonly RouteImplementation[] => [
  answers(echo, async (_parts: null, { input: { name }, request }) => {
    request.signal.addEventListener('abort', () => ended.push('aborted'));
    if (name === 'refused') throw new AppError('payload_too_large', { detail: 'No more room.', retryAfter: 7 });
    if (name === 'whole') return new Response(String((await request.arrayBuffer()).byteLength));
    if (name === 'unread') return new Response('enough');
    return new Response(request.body, { status: 201, headers: { 'Content-Type': 'text/x-echo' } });
  })(null),
  answers(show, (_parts: null, call, context) => {
    if (call.input.name === 'bug') throw new TypeError('a secret of the server');
    asked.push({ input: call.input, context, headers: call.request.headers });
    return Response.json({ url: call.request.url, method: call.request.method });
  })(null),
  answers(
    endless,
    () =>
      new Response(
        new ReadableStream({
          pull: (stream) => stream.enqueue(new Uint8Array(65_536).fill((produced++, 1))),
          cancel: () => void ended.push('cancelled'),
        }),
      ),
  )(null),
  answers(leave, () => {
    const headers = new Headers({ Location: '/there' });
    headers.append('Set-Cookie', 'a=1');
    headers.append('Set-Cookie', 'b=2');
    return new Response(null, { status: 303, headers });
  })(null),
];

/** A process that answers the routes. */
async function listening(
  auth = authOf(),
  late: { messageWithinMs?: number } = {},
): Promise<NodeInfo & { routesAt: string; listener: RouteListener }> {
  const routes = new LocalRoutes();
  for (const implementation of handlers()) routes.serve(implementation);
  const listener = new RouteListener({ routes, auth, logger: silentLogger, ...late });
  const routesAt = await listener.open({ host: '127.0.0.1', port: 0 });
  closes.push(() => listener.close());
  return { modules: ['files'], transports: [], routesAt, listener };
}

/** A gateway without the module. */
function gateway(nodes: readonly NodeInfo[], auth = authOf()): RouteProxy {
  const proxy = new RouteProxy({ local: new LocalRoutes(), auth, nodes: () => nodes, metrics: createMetrics() });
  closes.push(() => proxy.close());
  return proxy;
}

const bytes = (count: number, size = 65_536): ReadableStream<Uint8Array> =>
  bodyStream(
    (async function* () {
      for (let sent = 0; sent < count; sent++) yield await Promise.resolve(new Uint8Array(size).fill(sent % 251));
    })(),
    { limit: Infinity },
  );
const upload = (body: ReadableStream<Uint8Array> | string, signal?: AbortSignal) =>
  new Request('http://chat.example.org/api/v1/echo', {
    method: 'POST',
    body,
    duplex: 'half',
    ...(signal ? { signal } : {}),
  } as RequestInit);
const get = (path = 'show', signal?: AbortSignal) => new Request(`http://chat.example.org/api/v1/${path}`, signal ? { signal } : {});
const named = (name: string, request: Request) => ({ input: { name }, request });

test('bytes come back as they went, whatever their number', async () => {
  const proxy = gateway([await listening()]);
  const answer = await proxy.call(echo, named('a', upload(bytes(800))), systemContext());
  expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'text/x-echo']);
  const whole = new Uint8Array(await answer.arrayBuffer());
  expect(whole.byteLength).toBe(800 * 65_536);
  expect([whole[0], whole[65_536], whole[799 * 65_536]]).toEqual([0, 1, 799 % 251]);
});

test('input, headers, address and who calls arrive as they were; the deadline is the same moment', async () => {
  const proxy = gateway([await listening()]);
  const actor = { userId: newId(), sessionId: newId(), role: 'guest' as const };
  const context: Context = { ...systemContext('http', 5_000), actor, people: [newId()], isAudited: true };
  const request = new Request('http://chat.example.org/api/v1/show?name=ä', { headers: { 'X-Name': 'v' } });
  expect(await (await proxy.call(show, named('ä', request), context)).json()).toEqual({ url: request.url, method: 'GET' });
  const [seen] = asked;
  expect(seen?.input).toEqual({ name: 'ä' });
  expect(seen?.headers.get('x-name')).toBe('v');
  expect({ ...seen?.context, deadline: 0 }).toEqual({ ...context, deadline: 0 });
  expect(Math.abs((seen?.context.deadline ?? 0) - context.deadline)).toBeLessThan(50);
  expect(context.deadline).toBeGreaterThan(systemClock.monotonic());
});

test('redirects, cookies and refusals are those of the module; a bug stays in the log over there', async () => {
  const proxy = gateway([await listening()]);
  const answer = await proxy.call(leave, named('a', get('leave')), systemContext());
  expect([answer.status, answer.headers.get('location'), answer.headers.getSetCookie()]).toEqual([303, '/there', ['a=1', 'b=2']]);
  await expect(proxy.call(echo, named('refused', upload('x')), systemContext())).rejects.toMatchObject({
    code: 'payload_too_large',
    detail: 'No more room.',
    retryAfter: 7,
  });
  await expect(proxy.call(show, { input: { name: 5 }, request: get() }, systemContext())).rejects.toMatchObject({
    code: 'validation_failed',
  });
  await expect(proxy.call(show, named('bug', get()), systemContext())).rejects.toThrow('the log there says why');
});

test('what nobody reads is not produced: a slow reader slows the module down', async () => {
  const proxy = gateway([await listening()]);
  const answer = await proxy.call(endless, named('a', get('endless')), systemContext());
  const reader = answer.body!.getReader();
  await reader.read();
  let before = -1;
  await eventually(() => {
    const since = produced - before;
    before = produced;
    expect(since).toBe(0);
  });
  expect(produced * 65_536).toBeLessThan(32 * 2 ** 20);
  await reader.cancel();
  await eventually(() => {
    expect(ended).toEqual(['cancelled']);
  }, 1_000);
});

test('a module learns within a second that the client is gone, in an upload and in a download', async () => {
  const proxy = gateway([await listening()]);
  const leaving = new AbortController();
  const hanging = new ReadableStream<Uint8Array>({ start: (stream) => stream.enqueue(new Uint8Array(10)) });
  const answer = await proxy.call(echo, named('a', upload(hanging, leaving.signal)), systemContext());
  await answer.body!.getReader().read();
  leaving.abort();
  await eventually(() => {
    expect(ended).toEqual(['aborted']);
  }, 1_000);
});

test('an answer that does not wait for the body is the answer', async () => {
  const proxy = gateway([await listening()]);
  const answer = await proxy.call(echo, named('unread', upload(bytes(2_000))), systemContext());
  expect(await answer.text()).toBe('enough');
});

test('a body that fails fails the call with its own fault', async () => {
  const proxy = gateway([await listening()]);
  const long = bodyStream(bytes(100) as unknown as AsyncIterable<Uint8Array>, { limit: 200_000 });
  await expect(proxy.call(echo, named('whole', upload(long)), systemContext())).rejects.toMatchObject({ code: 'payload_too_large' });
  await eventually(() => {
    expect(ended).toEqual(['aborted']);
  }, 1_000);
});

describe('processes come and go', () => {
  test('the next one is asked where one is gone, and all take turns', async () => {
    const [gone, there] = [await listening(), await listening()];
    await gone.listener.close();
    const proxy = gateway([gone, there]);
    for (let time = 0; time < 4; time++) expect((await proxy.call(show, named('a', get()), systemContext())).status).toBe(200);
  });

  test('one that ends before it answers is unavailable', async () => {
    const dying = createServer((socket) => socket.once('data', () => socket.destroy()));
    await new Promise<void>((resolve) => dying.listen(0, '127.0.0.1', resolve));
    closes.push(() => void dying.close());
    const node: NodeInfo = {
      modules: ['files'],
      transports: [],
      routesAt: `http://127.0.0.1:${String((dying.address() as AddressInfo).port)}`,
    };
    await expect(gateway([node]).call(show, named('a', get()), systemContext())).rejects.toMatchObject({
      code: 'unavailable',
      retryAfter: 1,
    });
  });

  test('none is unavailable', async () => {
    await expect(gateway([]).call(show, named('a', get()), systemContext())).rejects.toMatchObject({ code: 'unavailable', retryAfter: 1 });
    const other: NodeInfo = { modules: ['chat'], transports: [], routesAt: 'http://127.0.0.1:9' };
    await expect(gateway([other]).call(show, named('a', get()), systemContext())).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a stranger on the network', () => {
  const message = {
    route: 'files.show',
    input: { name: 'a' },
    method: 'GET',
    url: 'http://x/',
    headers: [],
    hasBody: false,
    context: systemContext(),
  };
  const whole = Buffer.from(textOf(message));
  const sealed = (address: string, { by = authOf(), of = whole } = {}) => by.sign('route', address, sealOf(of)).toString('base64url');
  const begin = (address: string, seal: string) =>
    httpRequest(address, { method: 'POST', headers: seal === '' ? {} : { [sealHeader]: seal } });
  const send = async (address: string, seal: string, body = whole): Promise<number | undefined> => {
    const request = begin(address, seal);
    request.end(body);
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };

  test('is refused without a signature of the team, for another listener, and a second time', async () => {
    const [here, there] = [await listening(), await listening()];
    expect(await send(here.routesAt, '')).toBe(403);
    expect(await send(here.routesAt, 'x'.repeat(200))).toBe(403);
    expect(await send(here.routesAt, sealed(here.routesAt, { by: authOf(newSecret()) }))).toBe(403);
    expect(await send(here.routesAt, sealed(there.routesAt))).toBe(403);
    const good = sealed(here.routesAt);
    expect([await send(here.routesAt, good), await send(here.routesAt, good)]).toEqual([200, 403]);
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['half of the message', whole.subarray(0, 20)],
    ['another message', Buffer.from(whole.toString().replace('"a"', '"b"'))],
  ])('gets nothing for a seal that was overheard, and %s', async (_name, body) => {
    const { routesAt } = await listening();
    expect(await send(routesAt, sealed(routesAt), body)).toBe(403);
    expect(asked).toHaveLength(0);
  });

  test('is refused before a byte of the body is read', async () => {
    const request = begin((await listening()).routesAt, '');
    request.on('error', () => undefined);
    request.flushHeaders();
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    expect([answer.statusCode, answer.headers.connection]).toEqual([403, 'close']);
  });

  test('a message is read whole however it is cut', async () => {
    const { routesAt } = await listening();
    const request = begin(routesAt, sealed(routesAt));
    for (const byte of whole) request.write(Buffer.from([byte]));
    request.end();
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(200);
  });

  test('is cut off when the message of an overheard seal does not come', async () => {
    const { routesAt } = await listening(authOf(), { messageWithinMs: 50 });
    const request = begin(routesAt, sealed(routesAt));
    request.write(whole.subarray(0, 20));
    const [error] = (await once(request, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNRESET');
  });

  test('a process with another secret gets an error that says what is wrong', async () => {
    const proxy = gateway([await listening()], authOf(newSecret()));
    await expect(proxy.call(show, named('a', get()), systemContext())).rejects.toThrow('one CONFAB_SECRET');
  });
});
