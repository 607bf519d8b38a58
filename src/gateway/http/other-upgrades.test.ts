import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { answerOtherUpgrades } from './other-upgrades.ts';

let server: ReturnType<typeof createServer>;
let isAnswering = false;
const upgraded: string[] = [];

beforeEach(async () => {
  isAnswering = false;
  upgraded.length = 0;
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void text(request).then((body) =>
      response.end(JSON.stringify({ method: request.method, url: request.url, body, headers: request.headers })),
    );
  });
  server.on('upgrade', (request: IncomingMessage, connection: Duplex) => {
    if (!request.url?.startsWith('/socket.io/')) return;
    upgraded.push(request.url);
    connection.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
  });
  answerOtherUpgrades(server, { socketPath: '/socket.io/', isAnswering: () => isAnswering });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Sends these bytes in these parts and returns all that comes back until the server ends the connection. */
async function exchange(...parts: string[]): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  for (const part of parts) await new Promise<void>((sent) => socket.write(part, () => setImmediate(sent)));
  return text(socket);
}

const h2c = 'Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';

test('a client that offers HTTP/2 gets the answer of HTTP/1.1', async () => {
  const answer = await exchange(`GET /health/live?a=1 HTTP/1.1\r\nHost: x\r\nX-Name: caf\u00e9\r\n${h2c}\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(answer).toContain('"url":"/health/live?a=1"');
  expect(answer).toContain('"x-name":"caf\u00c3\u00a9"');
  expect(answer).not.toContain('h2c');
});

test.each([
  ['with a length', 'Content-Length: 10\r\n', ['01234', '56789']],
  ['in chunks', 'Transfer-Encoding: chunked\r\n', ['5\r\n01234\r\n', '5\r\n56789\r\n0\r\n\r\n']],
])('its body is read whole, %s', async (_name, header, [first = '', second = '']) => {
  const answer = await exchange(`POST /api/v1/x HTTP/1.1\r\nHost: x\r\n${header}${h2c}\r\n${first}`, second);
  expect(answer).toContain('"body":"0123456789"');
});

test('the connection stays open for the next request, and for one that asks again', async () => {
  const open = h2c.replace(', close', '');
  const answer = await exchange(`GET /1 HTTP/1.1\r\nHost: x\r\n${open}\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  expect(answer.match(/"url":"\/[12]"/g)).toEqual(['"url":"/1"', '"url":"/2"']);
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  for (const last of [false, true]) {
    socket.write(`GET /again HTTP/1.1\r\nHost: x\r\n${open}\r\n`);
    expect(await (last ? text(socket) : once(socket, 'data').then(String))).toContain('"url":"/again"');
  }
});

test.each(['/', '/ws', '/socket.io', '/socket.io-other', '/api/socket.io/'])('a WebSocket to %s is an ordinary request', async (path) => {
  const answer = await exchange(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`);
  expect(answer).toContain(`"url":"${path}"`);
});

test('a request to Socket.IO is left to it', async () => {
  const path = '/socket.io/?EIO=4';
  await exchange(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  expect(upgraded).toEqual([path]);
});

test('a connection that waits for an earlier answer is ended: two answers would be mixed', async () => {
  isAnswering = true;
  expect(await exchange(`GET / HTTP/1.1\r\nHost: x\r\n${h2c}\r\n`)).toBe('');
});
