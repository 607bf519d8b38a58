import type { Scene } from '../harness/team.ts';

export const presence = {
  'a person is online while any of their devices is': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const watching = await ana.comesOnline();
    const before = await watching.command<{ items: { status: string }[] }>('presence:subscribe', { userIds: [boris.id] });
    expect(before.items[0]).toMatchObject({ userId: boris.id, status: 'offline' });
    const [phone, laptop] = [await boris.comesOnline(), await boris.comesOnline()];
    await watching.receives('presence:changed', ({ userId, status }) => userId === boris.id && status === 'online');
    phone.close();
    await laptop.command('presence:set', { status: 'dnd', text: 'writing' });
    await watching.receives('presence:changed', ({ status, text }) => status === 'dnd' && text === 'writing');
    laptop.close();
    await watching.receives('presence:changed', ({ userId, status }) => userId === boris.id && status === 'offline');
  },

  'whoever is invisible looks offline': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const [watching, boriss] = [await ana.comesOnline(), await boris.comesOnline()];
    await watching.command('presence:subscribe', { userIds: [boris.id] });
    await boriss.command('presence:set', { status: 'invisible' });
    await watching.receives('presence:changed', ({ userId, status }) => userId === boris.id && status === 'offline');
  },

  'typing reaches the others of the conversation and nobody else': async ({ actors }: Scene) => {
    const [ana, boris, clara] = await actors('ana', 'boris', 'clara');
    const { id } = await ana.opens('group', [boris]);
    const [anas, boriss, claras] = await Promise.all([ana.comesOnline(), boris.comesOnline(), clara.comesOnline()]);
    await anas.command('typing:set', { conversationId: id, typing: true });
    expect(await boriss.receives('typing')).toEqual({ conversationId: id, userId: ana.id, typing: true });
    await expect(claras.command('typing:set', { conversationId: id, typing: true })).rejects.toThrow('not_found');
    expect(claras.all('typing')).toEqual([]);
  },
} as const;
