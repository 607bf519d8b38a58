import { Refused } from '../harness/device.ts';
import type { Scene } from '../harness/team.ts';

const codeOf = async (work: Promise<unknown>): Promise<string | null> => {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.problem.code;
    throw error;
  }
};

export const membership = {
  'a removed member receives and reads nothing more from that moment': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const [anas, boriss] = await Promise.all([ana.comesOnline(), boris.comesOnline()]);
    await ana.posts(id, 'all of us');
    await boriss.receives('message:created');
    await ana.api.ok('DELETE', `/conversations/${id}/members/${boris.id}`);
    await ana.posts(id, 'without him');
    await boriss.receives('conversation:removed', ({ conversationId }) => conversationId === id);
    await anas.receives('member:left', ({ userId }) => userId === boris.id);
    // A command after the removal shows that everything sent before it has arrived.
    expect(await codeOf(boriss.send(id, 'let me in'))).toBe('not_found');
    expect(boriss.all('message:created')).toHaveLength(1);
    expect(await codeOf(boris.api.ok('GET', `/conversations/${id}/messages`))).toBe('not_found');
    expect(await boris.seesInList(id)).toBeUndefined();
    const { removed } = await boriss.command<{ removed: string[] }>('sync', { revs: { [id]: 1 } });
    expect(removed).toEqual([id]);
  },

  'a change that a role in the team alone allows is in the audit log': async ({ actors }: Scene) => {
    const [olga, ana, boris] = await actors('olga', 'ana', 'boris');
    const { id } = await ana.opens('group', [boris, olga]);
    const message = await boris.posts(id, 'delete me');
    await olga.api.ok('DELETE', `/messages/${message.id}`);
    const { items } = await olga.api.ok<{ items: { operation: string; subject: string; outcome: string }[] }>(
      'GET',
      '/admin/audit?limit=20',
    );
    expect(items.filter(({ subject }) => subject === message.id)).toMatchObject([{ operation: 'chat.deleteMessage', outcome: 'ok' }]);
  },

  'who leaves a group and declines is added again by an admin of the team alone': async ({ actors }: Scene) => {
    const [olga, ana, boris] = await actors('olga', 'ana', 'boris');
    const { id } = await ana.opens('group', [boris, olga]);
    await boris.api.ok('DELETE', `/conversations/${id}/members/${boris.id}?declineReturn=true`);
    const added = { userIds: [boris.id] };
    expect(await codeOf(ana.api.ok('POST', `/conversations/${id}/members`, added))).toBe('return_declined');
    expect(await boris.seesInList(id)).toBeUndefined();
    await olga.api.ok('POST', `/conversations/${id}/members`, added);
    expect(await boris.seesInList(id)).toMatchObject({ id });
    const rows = await olga.api.ok<{ items: { subject: string; outcome: string }[] }>('GET', '/admin/audit?operation=chat.addMembers');
    expect(rows.items).toContainEqual(expect.objectContaining({ subject: id, outcome: 'ok' }));
  },

  'a newcomer receives their join and every message from then on': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', []);
    const boriss = await boris.comesOnline();
    await ana.api.ok('POST', `/conversations/${id}/members`, { userIds: [boris.id] });
    await boriss.receives('conversation:created', ({ conversation }) => (conversation as { id: string }).id === id);
    const sent = await ana.posts(id, 'welcome');
    await boriss.receives('message:created', ({ message }) => (message as { id: string }).id === sent.id);
  },

  'a direct conversation of two is one, whoever opens it and how often': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const opened = await Promise.all([ana.opens('direct', [boris]), boris.opens('direct', [ana]), ana.opens('direct', [boris])]);
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
  },

  'what is not yours answers like what does not exist': async ({ actors }: Scene) => {
    const [ana, clara] = await actors('ana', 'clara');
    const { id } = await ana.opens('group', []);
    const sent = await ana.posts(id, 'mine');
    const missing = '0197a2b0-7c1e-7d3a-9b1f-2f6a3c4d5e6f';
    for (const [method, path, body] of [
      ['GET', `/conversations/:id`, undefined],
      ['GET', `/conversations/:id/messages`, undefined],
      ['PATCH', `/conversations/:id`, { name: 'x' }],
      ['POST', `/conversations/:id/members`, { userIds: [clara.id] }],
      ['POST', `/conversations/:id/join`, {}],
      ['PUT', `/conversations/:id/read`, { seq: 1 }],
    ] as const) {
      const others = await clara.api.request(method, path.replace(':id', id), body);
      const unknown = await clara.api.request(method, path.replace(':id', missing), body);
      expect({ path, ...others.body, requestId: '' }).toEqual({ path, ...unknown.body, requestId: '' });
      expect(others.status).toBe(404);
    }
    expect(await codeOf(clara.api.ok('PATCH', `/messages/${sent.id}`, { text: 'yours' }))).toBe('not_found');
  },

  'a signed-out device gets the reason, is closed and refused at once': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const boriss = await boris.comesOnline();
    await boris.api.ok('POST', '/auth/logout');
    await boriss.receives('session:revoked');
    await boriss.receives('disconnect');
    expect(await codeOf(boris.api.ok('GET', `/conversations/${id}`))).toBe('unauthenticated');
    await expect(boris.comesOnline()).rejects.toThrow('unauthenticated');
  },

  'a closed account loses its devices and its way in': async ({ actors, actor }: Scene) => {
    const [boris] = await actors('boris');
    const owner = await actor('olga');
    const boriss = await boris.comesOnline();
    await owner.api.ok('POST', `/admin/users/${boris.id}/disable`);
    await boriss.receives('session:revoked');
    expect(await codeOf(boris.api.ok('GET', '/users/me'))).toBe('unauthenticated');
    expect(
      await codeOf(boris.api.ok('POST', '/auth/login', { login: boris.session.user.username, password: 'correct horse battery 9' })),
    ).toBe('invalid_credentials');
    await owner.api.ok('POST', `/admin/users/${boris.id}/enable`);
    await boris.api.ok('POST', '/auth/login', { login: boris.session.user.username, password: 'correct horse battery 9' });
  },

  'another role holds at once, and the audit log says who gave it': async ({ actors, actor }: Scene) => {
    const [ana] = await actors('ana');
    const owner = await actor('olga');
    expect(await codeOf(ana.api.ok('GET', '/admin/overview'))).toBe('forbidden');
    await owner.api.ok('PUT', `/admin/users/${ana.id}/role`, { role: 'admin' });
    expect(await ana.api.ok('GET', '/admin/overview')).toMatchObject({ deadLetters: 0 });
    const { items } = await ana.api.ok<{ items: object[] }>('GET', `/admin/audit?actorId=${owner.id}&operation=auth.changeRole&limit=1`);
    expect(items[0]).toMatchObject({ operation: 'auth.changeRole', subject: ana.id, outcome: 'ok', transport: 'http' });
    await owner.api.ok('PUT', `/admin/users/${ana.id}/role`, { role: 'member' });
    expect(await codeOf(ana.api.ok('GET', '/admin/overview'))).toBe('forbidden');
  },
} as const;
