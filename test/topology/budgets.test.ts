import { Api } from '../harness/api.ts';
import { openAppWithTeam, type AppWithTeam } from '../harness/app-with-team.ts';
import { password } from '../harness/team.ts';

const proxied = (address: string) => ({ 'X-Forwarded-For': address });

let opened: AppWithTeam;
let api: Api;

/** A app as people run it, with its budgets on, behind a proxy that names the caller. */
beforeEach(async () => {
  opened = await openAppWithTeam({ config: { rateLimits: 'default', trustedProxies: ['loopback'] } });
  api = new Api(opened.app.url);
});
afterEach(() => opened.close());

const ask = async (method: string, path: string, { body, address }: { body?: unknown; address: string }): Promise<number> =>
  (await api.request(method, path, body, proxied(address))).status;

const countOf = (statuses: readonly number[], status: number): number => statuses.filter((one) => one === status).length;

test('fifteen people behind one address look at an invite, sign up and sign in at once', async () => {
  const owner = await opened.team.owner;
  const { code } = await owner.api.ok<{ code: string }>('POST', '/invites', { maxUses: 100 });
  const join = async (n: number): Promise<number[]> => {
    const username = `person${String(n)}`;
    const address = '203.0.113.7';
    return [
      await ask('GET', `/invites/${code}`, { address }),
      await ask('POST', '/auth/register', { address, body: { email: `${username}@example.org`, username, password, inviteCode: code } }),
      await ask('POST', '/auth/login', { address, body: { login: username, password } }),
    ];
  };
  const statuses = await Promise.all(Array.from({ length: 15 }, (_, n) => join(n)));
  expect(new Set(statuses.map(String))).toEqual(new Set(['200,201,200']));
});

test('sixty people behind one address look at an invite, and all of them can still sign up', async () => {
  const owner = await opened.team.owner;
  const { code } = await owner.api.ok<{ code: string }>('POST', '/invites', { maxUses: 100 });
  const address = '203.0.113.8';
  const looks = await Promise.all(Array.from({ length: 61 }, () => ask('GET', `/invites/${code}`, { address })));
  expect([countOf(looks, 200), countOf(looks, 429)]).toEqual([60, 1]);
  const body = { email: 'late@example.org', username: 'late', password, inviteCode: code };
  expect(await ask('POST', '/auth/register', { address, body })).toBe(201);
});

test('an office of two hundred people behind one address works', async () => {
  const people = await Promise.all(['ana', 'boris', 'chloe'].map((name) => opened.team.actor(name)));
  const works = async (n: number): Promise<number[]> => {
    const own = people[n % people.length]?.api ?? api;
    const get = async (path: string) => (await own.request('GET', path, undefined, proxied('203.0.113.7'))).status;
    return [await get('/team'), await get('/users/me'), await get('/conversations')];
  };
  const statuses: number[] = [];
  for (let n = 0; n < 200; n += 10) statuses.push(...(await Promise.all(Array.from({ length: 10 }, (_, m) => works(n + m)))).flat());
  expect(countOf(statuses, 200)).toBe(600);
});

test.each<[string, (n: number) => string, number]>([
  ['addresses of one /64', (n) => `2001:db8:1:2::${n.toString(16)}`, 60],
  ['one address in the forms that proxies write', (n) => ['198.51.100.7', '::ffff:198.51.100.7', '198.51.100.7:4711'][n % 3] ?? '', 60],
  ['networks of one /48', (n) => `2001:db8:9:${n.toString(16)}::1`, 600],
])('%s share one budget of guesses', async (_what, address, budget) => {
  const statuses: number[] = [];
  for (let n = 0; n < budget + 20; n++) statuses.push(await ask('GET', '/invites/none', { address: address(n) }));
  expect(countOf(statuses, 429)).toBe(20);
  expect(await ask('GET', '/invites/none', { address: '192.0.2.1' })).toBe(403);
});

test('who reads long pages without end is refused, and others are not', async () => {
  const [ana, boris] = [await opened.team.actor('ana'), await opened.team.actor('boris')];
  const { id } = await ana.opens('group', [boris]);
  const device = await ana.comesOnline();
  for (let n = 0; n < 60; n++) await device.send(id, 'x'.repeat(15_000));
  const page = async (reader: Api) => (await reader.request('GET', `/conversations/${id}/messages?limit=50`)).status;
  const statuses: number[] = [];
  for (let n = 0; n < 100; n++) statuses.push(await page(ana.api));
  expect(countOf(statuses, 429)).toBeGreaterThan(20);
  expect(await page(boris.api)).toBe(200);
});
