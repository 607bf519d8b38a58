import type { Client } from './client.ts';
import { ClientError } from './client-error.ts';
import { createClient } from './create-client.ts';
import type { ClientOptions } from './options.ts';

/** For programs: signs in, starts, and resolves once the client is online. */
export async function connect({ login, password, ...options }: ClientOptions & { login: string; password: string }): Promise<Client> {
  const client = createClient(options);
  try {
    await client.logIn({ login, password });
    await client.start();
    await online(client);
    return client;
  } catch (error) {
    await client.stop();
    throw error;
  }
}

function online({ connection, session }: Client): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const isOver = session.get().status === 'signed-out';
      if (!isOver && connection.get().status !== 'online') return;
      stops.forEach((stop) => {
        stop();
      });
      if (isOver) reject(new ClientError('unauthenticated', { detail: 'The session ended.' }));
      else resolve();
    };
    const stops = [connection.subscribe(look), session.subscribe(look)];
    look();
  });
}
