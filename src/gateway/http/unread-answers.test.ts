import { createServer, request } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { eventually } from '../../../test/harness/eventually.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { createMetrics } from '../../infra/telemetry/prometheus-metrics.ts';
import { drainedMark } from '../draining.ts';
import { UnreadAnswers } from './unread-answers.ts';

const long = 'x'.repeat(64 * 1_048_576);
let unread: UnreadAnswers;
let server: ReturnType<typeof createServer>;
const open: Socket[] = [];
/** The server's end of the last connection. */
let far: Socket;

beforeEach(async () => {
  unread = new UnreadAnswers({ logger: silentLogger, metrics: createMetrics() });
  server = createServer((_request, response) => {
    unread.belongsTo(response, 'ana');
    response.end(long);
  });
  unread.watch(server);
  server.on('connection', (socket: Socket) => (far = socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  unread.close();
  for (const socket of open.splice(0)) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const port = (): number => (server.address() as AddressInfo).port;

/** Asks for the long answer and reads nothing of it. */
async function ask(): Promise<{ socket: Socket; isClosed: () => boolean }> {
  const socket = connect(port(), '127.0.0.1');
  open.push(socket);
  let isClosed = false;
  socket.on('error', () => undefined);
  socket.on('close', () => (isClosed = true));
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await eventually(() => {
    expect(unread.waitingOf('ana')).toBeGreaterThan(1_000_000);
  });
  return { socket, isClosed: () => isClosed };
}

test('an answer of which nothing is taken is ended after 30 s, whatever the client sends meanwhile', async () => {
  const { socket, isClosed } = await ask();
  for (const second of [0, 10, 20, 29]) {
    unread.look(second * 1_000);
    socket.write('\r\n');
  }
  expect(unread.waitingOf('ana')).toBeGreaterThan(1_000_000);
  unread.look(30_000);
  await eventually(() => {
    expect(unread.waitingOf('ana')).toBe(0);
  });
  socket.resume();
  await eventually(() => {
    expect(isClosed()).toBe(true);
  });
});

test('an answer that is taken slowly goes on', async () => {
  const { socket, isClosed } = await ask();
  for (let step = 1; step <= 4; step++) {
    unread.look(step * 20_000);
    const before = drainedMark(far as never);
    await eventually(() => {
      socket.read(262_144);
      expect(drainedMark(far as never)).not.toBe(before);
    });
  }
  expect([isClosed(), unread.waitingOf('ana') > 0]).toEqual([false, true]);
});

test('an answer that was read leaves nothing in the account', async () => {
  await new Promise<void>((resolve) =>
    request({ port: port() }, (response) => {
      response.resume();
      response.on('end', resolve);
    }).end(),
  );
  await eventually(() => {
    expect(unread.waitingOf('ana')).toBe(0);
  });
});

/** Sends so many requests in one go and reads nothing. */
function pipeline(count: number): { socket: Socket; closed: Promise<void> } {
  const socket = connect(port(), '127.0.0.1');
  open.push(socket);
  socket.on('error', () => undefined);
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(count));
  return { socket, closed: new Promise((resolve) => socket.once('close', () => resolve())) };
}

test('answers that wait for their turn on a connection are forgotten when it closes', async () => {
  const { socket } = pipeline(20);
  await eventually(() => {
    expect(unread.count).toBe(20);
  });
  socket.destroy();
  await eventually(() => {
    expect(unread.count).toBe(0);
  });
});

test('a connection with very many requests under way is ended, before most of them are looked at', async () => {
  let handled = 0;
  server.removeAllListeners('request');
  server.on(
    'request',
    unread.bounded(() => {
      handled++;
    }),
  );
  unread.watch(server);
  const { socket, closed } = pipeline(1_500);
  socket.resume();
  await closed;
  expect(handled).toBeLessThanOrEqual(64);
  await eventually(() => {
    expect(unread.count).toBe(0);
  });
});

test('a few requests in one go are all answered', async () => {
  server.removeAllListeners('request');
  server.on(
    'request',
    unread.bounded((_request, response) => response.end('short')),
  );
  unread.watch(server);
  const { socket } = pipeline(60);
  let text = '';
  socket.on('data', (data: Buffer) => (text += data.toString()));
  socket.resume();
  await eventually(() => {
    expect(text.match(/short/g)).toHaveLength(60);
  });
});
