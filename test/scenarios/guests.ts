import { eventually } from '../harness/eventually.ts';
import type { Actor, Scene } from '../harness/team.ts';

const missing = '0197a2b0-7c1e-7d3a-9b1f-2f6a3c4d5e6f';

const listed = async (of: Actor): Promise<string[]> => {
  const { items } = await of.api.ok<{ items: { id: string }[] }>('GET', '/users?limit=200');
  return items.map(({ id }) => id).sort();
};

export const guests = {
  'a guest knows those they share a conversation with, and the others answer like nobody': async ({ actors, guest }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const gus = await guest('gus');
    const { id } = await ana.opens('group', [gus]);
    expect(await listed(gus)).toEqual([ana.id, gus.id].sort());
    expect(await gus.api.ok('GET', `/users/${ana.id}`)).toMatchObject({ id: ana.id });
    for (const [method, path, body] of [
      ['GET', '/users/:id', undefined],
      ['GET', '/users?query=boris&cursor=:id', undefined],
      ['POST', '/conversations', { kind: 'direct', memberIds: [':id'] }],
      ['POST', '/presence/query', { userIds: [':id'] }],
      ['POST', `/conversations/${id}/members`, { userIds: [':id'] }],
      ['PATCH', `/conversations/${id}/members/:id`, { role: 'moderator' }],
      ['DELETE', `/conversations/${id}/members/:id`, undefined],
      ['GET', '/search/messages?q=hello&from=:id', undefined],
    ] as const) {
      const answer = async (userId: string) => {
        const text = body && JSON.stringify(body).replace(':id', userId);
        const { status, body: got } = await gus.api.request(method, path.replace(':id', userId), text && (JSON.parse(text) as object));
        return { path, status, ...got, requestId: '' };
      };
      expect(await answer(boris.id)).toEqual(await answer(missing));
    }
  },

  'what a guest knows ends with the last conversation they share, and begins with the first': async ({ actors, guest }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const gus = await guest('gus');
    const group = await ana.opens('group', [gus, boris]);
    const another = await ana.opens('group', [gus]);
    expect(await listed(gus)).toEqual([ana.id, boris.id, gus.id].sort());
    await boris.api.ok('DELETE', `/conversations/${group.id}/members/${boris.id}`);
    expect(await listed(gus)).toEqual([ana.id, gus.id].sort());
    await ana.api.ok('DELETE', `/conversations/${group.id}`);
    expect(await listed(gus)).toEqual([ana.id, gus.id].sort());
    await ana.api.ok('DELETE', `/conversations/${another.id}/members/${gus.id}`);
    expect(await listed(gus)).toEqual([gus.id]);
    expect((await gus.api.request('GET', `/users/${ana.id}`)).status).toBe(404);
    await boris.opens('direct', [gus]);
    expect(await listed(gus)).toEqual([boris.id, gus.id].sort());
  },

  'a guest watches the presence of those they share a conversation with alone': async ({ actors, guest }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const gus = await guest('gus');
    await ana.opens('group', [gus]);
    const watching = await gus.comesOnline();
    const { items } = await watching.command<{ items: { userId: string }[] }>('presence:subscribe', {
      userIds: [ana.id, boris.id, missing],
    });
    expect(items.map(({ userId }) => userId)).toEqual([ana.id]);
    await boris.comesOnline();
    await ana.comesOnline();
    await watching.receives('presence:changed', ({ userId }) => userId === ana.id);
    expect(watching.all('presence:changed').filter(({ userId }) => userId === boris.id)).toEqual([]);
  },

  'a guest learns of those who come and of changes of those they know, and of nobody else': async ({ actors, guest }: Scene) => {
    const [ana, boris, clara] = await actors('ana', 'boris', 'clara');
    const gus = await guest('gus');
    const { id } = await ana.opens('group', [gus]);
    const devices = [await gus.comesOnline(), await gus.comesOnline()];
    const rename = (one: Actor, displayName: string) => one.api.ok('PATCH', '/users/me', { displayName });
    await rename(boris, 'Boris too early');
    await ana.api.ok('POST', `/conversations/${id}/members`, { userIds: [boris.id] });
    for (const device of devices) await device.receives('people:changed', ({ added }) => (added as string[]).includes(boris.id));
    await rename(clara, 'Clara elsewhere');
    await rename(boris, 'Boris in time');
    for (const device of devices) {
      await device.receives('user:updated', ({ user }) => (user as { displayName: string }).displayName === 'Boris in time');
      expect(device.all('user:updated').map(({ user }) => (user as { displayName: string }).displayName)).toEqual(['Boris in time']);
      expect(device.all('user:created')).toEqual([]);
    }
  },

  'presence of those a guest shares nothing with any more ends on every device': async ({ actors, guest }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const gus = await guest('gus');
    const group = await ana.opens('group', [gus, boris]);
    const another = await ana.opens('group', [gus]);
    const devices = [await gus.comesOnline(), await gus.comesOnline()];
    const [anas, boriss] = [await ana.comesOnline(), await boris.comesOnline()];
    for (const device of devices) await device.command('presence:subscribe', { userIds: [ana.id, boris.id] });
    await boris.api.ok('DELETE', `/conversations/${group.id}/members/${boris.id}`);
    for (const device of devices) await device.receives('people:changed', ({ removed }) => (removed as string[]).includes(boris.id));
    await boriss.command('presence:set', { status: 'dnd', text: 'unseen' });
    await anas.command('presence:set', { status: 'dnd', text: 'seen' });
    for (const device of devices) {
      await device.receives('presence:changed', ({ text }) => text === 'seen');
      expect(device.all('presence:changed').filter(({ text }) => text === 'unseen')).toEqual([]);
    }
    await ana.api.ok('DELETE', `/conversations/${group.id}`);
    await ana.api.ok('DELETE', `/conversations/${another.id}`);
    for (const device of devices) await device.receives('people:changed', ({ removed }) => (removed as string[]).includes(ana.id));
  },

  'who becomes a guest watches those of their conversations alone from then on': async ({ actor, actors }: Scene) => {
    const [olga, ana, boris, gus] = [await actor('olga'), ...(await actors('ana', 'boris', 'gus'))];
    const general = await eventually(async () => {
      const { items } = await gus.api.ok<{ items: { id: string }[] }>('GET', '/conversations');
      return items[0]?.id ?? Promise.reject(new Error('not in the channel of the team yet'));
    });
    await gus.api.ok('DELETE', `/conversations/${general}/members/${gus.id}`);
    await ana.opens('group', [gus]);
    const watching = await gus.comesOnline();
    const [anas, boriss] = [await ana.comesOnline(), await boris.comesOnline()];
    await watching.command('presence:subscribe', { userIds: [ana.id, boris.id] });
    await olga.api.ok('PUT', `/admin/users/${gus.id}/role`, { role: 'guest' });
    await watching.receives('people:changed', ({ added }) => (added as string[]).includes(ana.id));
    await watching.command('presence:subscribe', { userIds: [ana.id, boris.id] });
    await boriss.command('presence:set', { status: 'dnd', text: 'unseen' });
    await anas.command('presence:set', { status: 'dnd', text: 'seen' });
    await watching.receives('presence:changed', ({ text }) => text === 'seen');
    expect(watching.all('presence:changed').filter(({ text }) => text === 'unseen')).toEqual([]);
  },
} as const;
