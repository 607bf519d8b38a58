import type { Server } from 'node:http';

const cutOffMs = 3_000;

/** Takes no more connections, lets what is under way end for three seconds, and cuts the rest off. `first` is done before that time begins. */
export async function closeServer(server: Server, first?: () => Promise<void> | undefined): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await first?.();
  server.closeIdleConnections();
  const cutOff = setTimeout(() => {
    server.closeAllConnections();
  }, cutOffMs);
  await closed;
  clearTimeout(cutOff);
}
