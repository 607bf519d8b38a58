import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { selfSigned } from '../../../test/harness/self-signed.ts';
import { OutboundClient, type OutboundFault, type OutboundOptions, type OutboundRequest } from './outbound-client.ts';

const clients: OutboundClient[] = [];
const servers: (Server | TcpServer)[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

function open(options: OutboundOptions = {}): OutboundClient {
  const client = new OutboundClient(options);
  clients.push(client);
  return client;
}

async function listening(server: Server | TcpServer): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function serve(handle: RequestListener): Promise<{ url: string; port: number; sockets: () => number }> {
  let count = 0;
  const server = createServer(handle).on('connection', () => {
    count += 1;
  });
  const port = await listening(server);
  return { url: `http://127.0.0.1:${String(port)}/`, port, sockets: () => count };
}

const get = (url: string): OutboundRequest => ({ url, method: 'GET', headers: {} });
const faultOf = async (client: OutboundClient, url: string): Promise<Pick<OutboundFault, 'kind' | 'message'>> =>
  client.send(get(url)).then(
    ({ status }) => ({ kind: 'refused' as const, message: `answered ${String(status)}` }),
    (fault: unknown) => ({ kind: (fault as OutboundFault).kind, message: (fault as OutboundFault).message }),
  );

describe('an address that others name', () => {
  test.each([
    'http://push.example.com/',
    'ftp://push.example.com/',
    'file:///etc/passwd',
    'https://user:secret@push.example.com/',
    'no address',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'https://0/',
  ])('%s is refused before anything connects', async (url) => {
    const asked: string[] = [];
    const client = open({ resolve: (name) => Promise.resolve([asked.push(name).toString()]) });
    expect(await faultOf(client, url)).toMatchObject({ kind: 'refused' });
    expect(asked).toEqual([]);
  });

  test('is never repeated with its user and password', async () => {
    expect((await faultOf(open(), 'https://user:secret@push.example.com/')).message).not.toContain('secret');
  });

  test.each([['127.0.0.1'], ['10.0.0.7', '192.168.0.1'], ['::1'], ['169.254.169.254'], ['::ffff:8.8.8.8']])(
    'is refused where its name leads to %s',
    async (...addresses) => {
      const { port, sockets } = await serve((_request, response) => response.end());
      const client = open({ resolve: () => Promise.resolve(addresses) });
      expect(await faultOf(client, `https://push.example.com:${String(port)}/`)).toEqual({
        kind: 'refused',
        message: 'push.example.com leads to no address of the internet',
      });
      expect(sockets()).toBe(0);
    },
  );

  test('is looked at for each connection: a name that moves to this machine reaches nothing', async () => {
    const { port, sockets } = await serve((_request, response) => response.end());
    const answers = [['192.0.2.1'], ['127.0.0.1']];
    const client = open({ resolve: () => Promise.resolve(answers.shift() ?? []), connectMs: 50 });
    for (const _again of [1, 2])
      expect(await faultOf(client, `https://push.example.com:${String(port)}/`)).toMatchObject({ kind: 'refused' });
    expect(sockets()).toBe(0);
  });

  test('of a link or of a metadata service stays refused where private ones are allowed', async () => {
    const client = open({ allowPrivate: true, resolve: () => Promise.resolve(['169.254.169.254', 'fe80::1', '100.100.100.200']) });
    for (const url of ['http://169.254.169.254/', 'https://[fd00:ec2::254]/', 'http://metadata.example.com/'])
      expect(await faultOf(client, url)).toMatchObject({ kind: 'refused' });
  });
});

test('a name without an address is unreachable, with what DNS said', async () => {
  const client = open({ resolve: () => Promise.reject(Object.assign(new Error('queryA ENOTFOUND'), { code: 'ENOTFOUND' })) });
  expect(await faultOf(client, 'https://push.example.com/')).toEqual({
    kind: 'unreachable',
    message: 'push.example.com cannot be reached: ENOTFOUND',
  });
});

test('sends the body with its length, and answers status, headers and text', async () => {
  const { url } = await serve((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const said = { method: request.method, ttl: request.headers['ttl'], length: request.headers['content-length'] };
      response.writeHead(201, { Location: '/m/1' }).end(JSON.stringify({ ...said, body: Buffer.concat(parts).toString() }));
    });
  });
  const answer = await open({ allowPrivate: true }).send({ url, method: 'POST', headers: { TTL: '60' }, body: Buffer.from('sealed') });
  expect([answer.status, answer.headers.location]).toEqual([201, '/m/1']);
  expect(JSON.parse(answer.text)).toEqual({ method: 'POST', ttl: '60', length: '6', body: 'sealed' });
});

test('follows no redirect', async () => {
  const paths: string[] = [];
  const { url } = await serve((request, response) => {
    paths.push(request.url ?? '');
    response.writeHead(307, { Location: '/elsewhere' }).end();
  });
  expect(await open({ allowPrivate: true }).send(get(url))).toMatchObject({ status: 307 });
  expect(paths).toEqual(['/']);
});

test('reads 4 KB of an answer that never ends, and closes the connection', async () => {
  let isClosed = false;
  const { url } = await serve((_request, response) => {
    response.on('close', () => {
      isClosed = true;
    });
    const more = (): void => {
      while (!isClosed && response.write('x'.repeat(16_384)));
      if (!isClosed) response.once('drain', more);
    };
    more();
  });
  const { text } = await open({ allowPrivate: true }).send(get(url));
  expect(text).toHaveLength(4096);
});

test.each<[string, RequestListener]>([
  ['no header', () => undefined],
  ['a body that drips', (_request, response) => void setInterval(() => response.write('x'), 20).unref()],
])('waits no longer than it says for %s', async (_what, handle) => {
  const { url } = await serve(handle);
  const startedAt = performance.now();
  expect(await faultOf(open({ allowPrivate: true, answerMs: 200 }), url)).toMatchObject({ kind: 'timeout' });
  expect(performance.now() - startedAt).toBeLessThan(2000);
});

test('waits no longer than it says for a handshake of TLS that never comes', async () => {
  const port = await listening(createTcpServer((socket) => socket.resume()));
  const fault = await faultOf(open({ allowPrivate: true, connectMs: 100 }), `https://127.0.0.1:${String(port)}/`);
  expect(fault).toMatchObject({ kind: 'timeout', message: expect.stringContaining('lets nobody connect within 0.1 s') as string });
});

test('a certificate that nobody signed is refused, and the server sees no request', async () => {
  let requests = 0;
  const port = await listening(
    createTlsServer(selfSigned, () => {
      requests += 1;
    }),
  );
  expect(await faultOf(open({ allowPrivate: true }), `https://localhost:${String(port)}/`)).toEqual({
    kind: 'unreachable',
    message: `localhost:${String(port)} cannot be reached: DEPTH_ZERO_SELF_SIGNED_CERT`,
  });
  expect(requests).toBe(0);
});

test('one origin has at most 16 connections, which are used again', async () => {
  const { url, sockets } = await serve((_request, response) => response.end('ok'));
  const client = open({ allowPrivate: true });
  const answers = await Promise.all(Array.from({ length: 100 }, () => client.send(get(url))));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(sockets()).toBeLessThanOrEqual(16);
});

test('a server that breaks off, or speaks another protocol, is unreachable', async () => {
  const { url } = await serve((request) => request.socket.destroy());
  const port = await listening(createTcpServer((socket) => socket.resume().end('220 mail ESMTP\r\n')));
  const client = open({ allowPrivate: true });
  expect(await faultOf(client, url)).toMatchObject({ kind: 'unreachable' });
  expect(await faultOf(client, `http://127.0.0.1:${String(port)}/`)).toMatchObject({ kind: 'unreachable' });
});
