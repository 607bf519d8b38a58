import { io } from 'socket.io-client';
import { rotateKeys } from '../contracts/auth/keys.ts';
import { Api } from '../../test/harness/api.ts';
import { eventually } from '../../test/harness/eventually.ts';
import { openTestApp, type TestApp } from '../../test/harness/app.ts';
import { account, password, Team } from '../../test/harness/team.ts';
import { openCliApp } from './cli-app.ts';

interface Pair {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly id: string };
}

let app: TestApp;
let team: Team;
let owner: Api;
let people = 0;
beforeAll(async () => {
  // Dear enough that sign-ins queue, cheap enough for a test.
  app = await openTestApp({ config: { bcryptCost: 7, rateLimits: 'default', trustedProxies: ['loopback'] } });
  team = await Team.create([app.url], app.config.dataDir);
  owner = (await team.owner).api;
});
afterAll(async () => {
  await team.leaves();
  await app.close();
});

const from = (nth: number): Record<string, string> => ({ 'X-Forwarded-For': `203.${String(nth >> 8)}.${String(nth & 255)}.7` });
const as = (token: string): Api => new Api(app.url, token);
const signIn = (login: string, word: string, headers: Record<string, string>, body: object = {}) =>
  new Api(app.url).request<Pair>('POST', '/auth/login', { login, password: word, ...body }, headers);
async function newcomer(): Promise<Pair & { login: string }> {
  const login = `newcomer${String(++people)}`;
  const { body } = await new Api(app.url).request<Pair>('POST', '/auth/register', account(login), from(10_000 + people));
  return { ...body, login };
}
/** Of the sign-ins that were answered with a session, those whose session stands. */
async function standing(answers: readonly { status: number; body: Pair }[]): Promise<number> {
  const opened = answers.filter(({ status }) => status === 200);
  const states = await Promise.all(opened.map(({ body }) => as(body.accessToken).request('GET', '/users/me')));
  return states.filter(({ status }) => status === 200).length;
}

describe('sign-ins that race an ending, over HTTP', () => {
  test('with the old password leave no session that stands once the password was changed', async () => {
    for (let round = 0; round < 3; round++) {
      const ana = await newcomer();
      const tries = Array.from({ length: 24 }, (_, nth) => signIn(ana.login, password, from(round * 100 + nth)));
      const change = as(ana.accessToken).request('POST', '/users/me/password', {
        currentPassword: password,
        newPassword: 'another harbour 7',
      });
      expect((await change).status).toBe(204);
      expect(await standing(await Promise.all(tries))).toBe(0);
    }
  });

  test('leave no session that stands once the account was disabled and enabled again', async () => {
    for (let round = 0; round < 3; round++) {
      const ana = await newcomer();
      const tries = Array.from({ length: 24 }, (_, nth) => signIn(ana.login, password, from(1_000 + round * 100 + nth)));
      await owner.ok('POST', `/admin/users/${ana.user.id}/disable`);
      const answers = await Promise.all(tries);
      await owner.ok('POST', `/admin/users/${ana.user.id}/enable`);
      expect(await standing(answers)).toBe(0);
      expect((await signIn(ana.login, password, from(5_000 + round))).status).toBe(200);
    }
  });
});

test('a known device signs in while strangers from a hundred networks fill the queue', async () => {
  const ana = await newcomer();
  const deviceToken = 'the-word-of-the-device-of-ana';
  expect((await signIn(ana.login, password, from(20_000), { deviceToken })).status).toBe(200);
  let done = 0;
  let doneBefore = 0;
  const flood = Array.from({ length: 120 }, (_, nth) => signIn(`nobody${String(nth)}`, 'wrong', from(30_000 + nth)).finally(() => done++));
  const known = await signIn(ana.login, password, from(40_000), { deviceToken }).finally(() => (doneBefore = done));
  expect(known.status).toBe(200);
  const statuses = new Set((await Promise.all(flood)).map(({ status }) => status));
  expect([...statuses].every((status) => [401, 503].includes(status))).toBe(true);
  // Those without a place are refused at once, the rest is behind.
  expect([doneBefore < 120, done]).toEqual([true, 120]);
});

test('fifteen people behind one address sign up and in at once', async () => {
  const office = { 'X-Forwarded-For': '198.51.100.77' };
  const names = Array.from({ length: 15 }, (_, nth) => `colleague${String(nth)}`);
  const joined = await Promise.all(names.map((name) => new Api(app.url).request('POST', '/auth/register', account(name), office)));
  expect(joined.map(({ status }) => status)).toEqual(names.map(() => 201));
  const entered = await Promise.all(names.map((name) => signIn(name, password, office)));
  expect(entered.map(({ status }) => status)).toEqual(names.map(() => 200));
});

test('keys that are rotated from the command line end every access token of a running server, and devices renew', async () => {
  const ana = await newcomer();
  const socket = io(app.url, { auth: { token: ana.accessToken }, transports: ['websocket'], forceNew: true, reconnection: false });
  const expired = new Promise((resolve) => socket.on('session:expired', resolve));
  await new Promise((resolve) => socket.on('connect', () => resolve(undefined)));
  const cliApp = await openCliApp(app.config);
  try {
    await cliApp.change(rotateKeys, { now: true });
  } finally {
    await cliApp.close();
  }
  await eventually(async () => expect((await as(ana.accessToken).request('GET', '/users/me')).status).toBe(401));
  await expired;
  socket.close();
  const renewed = await eventually(async () => {
    const answer = await new Api(app.url).request<Pair>('POST', '/auth/refresh', { refreshToken: ana.refreshToken });
    expect((await as(answer.body.accessToken).request('GET', '/users/me')).status).toBe(200);
    return answer;
  });
  expect(renewed.status).toBe(200);
  const again = await signIn((await team.owner).session.user.username, password, from(50_000));
  const { items } = await as(again.body.accessToken).ok<{ items: { operation: string; outcome: string }[] }>('GET', '/admin/audit');
  expect(items).toContainEqual(expect.objectContaining({ operation: 'auth.rotateKeys', outcome: 'ok' }));
});
