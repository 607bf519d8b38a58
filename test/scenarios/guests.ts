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
    await watching.hears('presence:changed', ({ userId }) => userId === ana.id);
    expect(watching.all('presence:changed').filter(({ userId }) => userId === boris.id)).toEqual([]);
  },
} as const;
