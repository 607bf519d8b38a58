import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { lingerBeforeClose } from './lingering.ts';

let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    // Some of the body is read, and then it is refused.
    request.once('readable', () => {
      request.read();
      response.setHeader('Connection', 'close');
      lingerBeforeClose(request);
      response.writeHead(413).end('too large');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Sends a body to its end, whatever comes back meanwhile, and reads only then. */
async function answerAfter(bytes: number): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.pause();
  await once(socket, 'connect');
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${String(bytes)}\r\n\r\n`);
  for (let sent = 0; sent < bytes; sent += 65_536)
    if (!socket.write(Buffer.alloc(Math.min(65_536, bytes - sent)))) await once(socket, 'drain');
  let text = '';
  for await (const part of socket.setEncoding('utf8')) text += part as string;
  return text;
}

test('a client that sends on after it was refused reads why', async () => {
  for (const bytes of [200_000, 16 * 2 ** 20]) expect(await answerAfter(bytes)).toMatch(/^HTTP\/1.1 413 .*too large/s);
});

test('one that sends without end is closed all the same', async () => {
  await expect(answerAfter(512 * 2 ** 20)).rejects.toThrow(/EPIPE|ECONNRESET/);
});
