import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a port of this machine that is cut again and again. Answers its port. */
export async function cuttingProxy(target: number, everyMs: number): Promise<{ port: number; cuts: () => number; close: () => void }> {
  const sockets = new Set<Socket>();
  let cuts = 0;
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far);
    far.pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const timer = setInterval(() => {
    if (sockets.size > 0) cuts++;
    for (const socket of sockets) socket.destroy();
  }, everyMs);
  return {
    port: (server.address() as AddressInfo).port,
    cuts: () => cuts,
    close: () => {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
