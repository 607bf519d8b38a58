import type { Client } from './client.ts';
import { createClient } from './create-client.ts';
import type { ClientOptions } from './options.ts';

/** A program's way in: signs in, starts, and resolves once the client is online. */
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

function online({ connection }: Client): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (connection.get().status !== 'online') return;
      stop();
      resolve();
    };
    const stop = connection.subscribe(look);
    look();
  });
}
