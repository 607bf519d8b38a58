import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestApp, type TestApp } from '../test/harness/app.ts';
import { account, password, Team } from '../test/harness/team.ts';
import { type Client, createClient } from './index.ts';
import { becomes } from './test-becomes.ts';
import { Proxy } from './test-proxy.ts';

let app: TestApp;
let team: Team;
let proxy: Proxy;
const clients: Client[] = [];

beforeAll(async () => {
  app = await openTestApp();
  team = await Team.create([app.url], app.config.dataDir);
  proxy = await Proxy.to(app.url);
  await team.actors('ana', 'boris');
});

afterEach(async () => {
  proxy.mend();
  await Promise.all(clients.splice(0).map((client) => client.stop()));
});

afterAll(async () => {
  await team.leaves();
  await proxy.close();
  await app.close();
});

async function device(login: string, url = app.url): Promise<Client> {
  const client = createClient({ url });
  clients.push(client);
  await client.logIn({ login: account(login).username, password });
  await becomes(client.settings, (settings) => settings !== null);
  return client;
}

const theme = (client: Client) => client.settings.get()?.['appearance.theme'];
const shows = (client: Client, wanted: string) => becomes(client.settings, () => theme(client) === wanted);

describe('the settings of a person', () => {
  it('are the same on all devices, and nobody else’s', async () => {
    const [phone, laptop, boriss] = await Promise.all([device('ana'), device('ana'), device('boris')]);
    const done = phone.settings.change({ 'appearance.theme': 'dark' });
    expect(theme(phone)).toBe('dark');
    await Promise.all([done, shows(laptop, 'dark')]);
    await laptop.settings.change({ 'appearance.theme': 'light' });
    await shows(phone, 'light');
    expect(theme(boriss)).toBe('system');
  });

  it('are refused as a whole where one is none, and then as they were', async () => {
    const phone = await device('boris');
    const change = phone.settings.change({ 'appearance.theme': 'sepia' as 'dark' });
    await expect(change).rejects.toMatchObject({ code: 'validation_failed', problem: { errors: [{ path: 'appearance.theme' }] } });
    expect(theme(phone)).toBe('system');
  });

  it('that are changed without a connection are sent on the next one', async () => {
    const [phone, laptop] = await Promise.all([device('boris', proxy.url), device('boris')]);
    proxy.cut();
    await becomes(phone.connection, ({ status }) => status === 'offline');
    const done = phone.settings.change({ 'appearance.theme': 'dark' });
    expect(theme(phone)).toBe('dark');
    await laptop.settings.change({ 'appearance.language': 'ru' });
    proxy.mend();
    await Promise.all([done, shows(laptop, 'dark')]);
    await becomes(phone.settings, (settings) => settings?.['appearance.language'] === 'ru');
    expect(phone.settings.get()).toEqual(laptop.settings.get());
  });

  it('go with the person', async () => {
    const shared = await device('ana');
    await shared.settings.change({ 'appearance.theme': 'dark' });
    await shared.logOut();
    expect(shared.settings.get()).toBeNull();
    await shared.register(account('cleo'));
    await shows(shared, 'system');
  });
});
