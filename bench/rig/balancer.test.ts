import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import { Balancer } from './balancer.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

/** Says its name to whoever connects, and echoes. */
async function node(name: string): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(name);
    socket.pipe(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  opened.push(server);
  return { port: (server.address() as AddressInfo).port, server };
}

async function greeting(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const [name] = (await once(socket, 'data')) as [Buffer];
  socket.write('?');
  const [echo] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return `${name.toString()}${echo.toString()}`;
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

test('connections go to the nodes in turn, and what is said both ways comes through', async () => {
  const [a, b] = [await node('a'), await node('b')];
  const port = await freePort();
  opened.push(await Balancer.before([a.port, b.port], port));
  expect([await greeting(port), await greeting(port), await greeting(port)]).toEqual(['a?', 'b?', 'a?']);
});

test('a node that is down is passed over', async () => {
  const b = await node('b');
  const port = await freePort();
  opened.push(await Balancer.before([await freePort(), b.port], port));
  expect([await greeting(port), await greeting(port)]).toEqual(['b?', 'b?']);
});

test('with no node left a connection is ended', async () => {
  const port = await freePort();
  opened.push(await Balancer.before([await freePort()], port));
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'close');
});
