import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Api } from '../test/harness/api.ts';
import { type AppWithTeam, openAppWithTeam } from '../test/harness/app-with-team.ts';
import { account, password } from '../test/harness/team.ts';
import { type Client, createClient } from './index.ts';
import { MemoryTokenStore } from './memory-token-store.ts';

class KeptStore extends MemoryTokenStore {
  #device: string | null = null;

  readDevice = (): Promise<string | null> => Promise.resolve(this.#device);
  writeDevice = (token: string): Promise<void> => {
    this.#device = token;
    return Promise.resolve();
  };
}

let opened: AppWithTeam;
const clients: Client[] = [];
const clientOn = (tokens?: MemoryTokenStore): Client => {
  const client = createClient({ url: opened.app.url, ...(tokens ? { tokens } : {}) });
  clients.push(client);
  return client;
};

beforeAll(async () => {
  opened = await openAppWithTeam({ config: { rateLimits: 'default' } });
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.stop()));
  await opened.close();
});

/** As somebody else behind the same address does. */
async function guessAt(login: string): Promise<void> {
  for (let n = 0; n < 8; n++) await new Api(opened.app.url).request('POST', '/auth/login', { login, password: `wrong ${String(n)}` });
}

it('a bot signs in again while others behind its address guess its password, and a program that was never here does not', async () => {
  const bot = clientOn();
  await bot.register(account('bot'));
  await bot.logOut();
  await guessAt('bot');
  await expect(clientOn().logIn({ login: 'bot', password })).rejects.toMatchObject({ code: 'locked_out' });
  await expect(bot.logIn({ login: 'bot', password })).resolves.toMatchObject({ username: 'bot' });
});

it('a bot with a store of its own is known after a restart, and its session is restored with another device token', async () => {
  const tokens = new KeptStore();
  const before = clientOn(tokens);
  await before.register(account('kept'));
  await before.logOut();
  await guessAt('kept');
  await expect(clientOn(tokens).logIn({ login: 'kept', password })).resolves.toMatchObject({ username: 'kept' });
  await tokens.writeDevice('another-device-token-of-the-program');
  const restarted = clientOn(tokens);
  await restarted.start();
  expect(restarted.session.get()).toMatchObject({ status: 'signed-in' });
});
