import { Api } from '../harness/api.ts';
import { account, password, type Scene } from '../harness/team.ts';

interface Pair {
  accessToken: string;
  refreshToken: string;
  user: { id: string };
}

export const entrance = {
  'an invite brings a person into the team and the conversations it names': async ({ url, actors }: Scene) => {
    const [ana] = await actors('ana');
    const { id } = await ana.opens('group', []);
    const invite = await ana.api.ok<{ code: string; url: string }>('POST', '/invites', { maxUses: 1, conversationIds: [id] });
    const stranger = new Api(url);
    expect(await stranger.ok('GET', `/invites/${invite.code}`)).toMatchObject({
      teamName: 'Testers',
      invitedBy: ana.session.user.displayName,
    });
    const name = `${ana.name}guest`;
    const joined = await stranger.ok<Pair>('POST', '/auth/register', { ...account(name), inviteCode: invite.code });
    const again = await stranger.request('POST', '/auth/register', { ...account(`${name}2`), inviteCode: invite.code });
    expect(again).toMatchObject({ status: 403, body: { code: 'invalid_invite' } });
    const watching = await ana.comesOnline();
    const isIn = async () =>
      (await ana.api.ok<{ members: { userId: string }[] }>('GET', `/conversations/${id}`)).members.some(
        ({ userId }) => userId === joined.user.id,
      );
    if (!(await isIn())) await watching.receives('member:joined', ({ conversationId }) => conversationId === id);
    expect(await isIn()).toBe(true);
  },

  'a refresh token works once, and its reuse ends the session': async ({ url, actors }: Scene) => {
    const [ana] = await actors('ana');
    const stranger = new Api(url);
    const first = await stranger.ok<Pair>('POST', '/auth/login', { login: ana.session.user.username, password });
    const second = await stranger.ok<Pair>('POST', '/auth/refresh', { refreshToken: first.refreshToken });
    const third = await stranger.ok<Pair>('POST', '/auth/refresh', { refreshToken: second.refreshToken });
    const stolen = await stranger.request('POST', '/auth/refresh', { refreshToken: first.refreshToken });
    expect(stolen).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    expect((await new Api(url, third.accessToken).request('GET', '/users/me')).status).toBe(401);
    expect((await stranger.request('POST', '/auth/refresh', { refreshToken: third.refreshToken })).status).toBe(401);
  },

  'a lost reply to a refresh costs nobody their session': async ({ url, actors }: Scene) => {
    const [ana] = await actors('ana');
    const stranger = new Api(url);
    const first = await stranger.ok<Pair>('POST', '/auth/login', { login: ana.session.user.username, password });
    const [one, two] = await Promise.all([
      stranger.ok<Pair>('POST', '/auth/refresh', { refreshToken: first.refreshToken }),
      stranger.ok<Pair>('POST', '/auth/refresh', { refreshToken: first.refreshToken }),
    ]);
    for (const { accessToken } of [one, two]) await new Api(url, accessToken).ok('GET', '/users/me');
    await stranger.ok('POST', '/auth/refresh', { refreshToken: two.refreshToken });
  },

  'another password ends every other session': async ({ url, actors }: Scene) => {
    const [ana] = await actors('ana');
    const device = await ana.comesOnline();
    const elsewhere = await new Api(url).ok<Pair>('POST', '/auth/login', { login: ana.session.user.username, password });
    await new Api(url, elsewhere.accessToken).ok('POST', '/users/me/password', {
      currentPassword: password,
      newPassword: 'another long passphrase 7',
    });
    await device.receives('session:revoked');
    expect((await ana.api.request('GET', '/users/me')).status).toBe(401);
    await new Api(url).ok('POST', '/auth/login', { login: ana.session.user.username, password: 'another long passphrase 7' });
  },
} as const;
