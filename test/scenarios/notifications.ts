import { randomUUID } from 'node:crypto';
import type { Message } from '../../src/contracts/chat/messages.ts';
import type { Notification } from '../../src/contracts/notifications/notifications.ts';
import type { Scene } from '../harness/team.ts';
import { eventually } from '../harness/eventually.ts';

interface Centre {
  readonly items: readonly Notification[];
  readonly unread: number;
}

export const notifications = {
  'a message is in the centre of each other member once, on every device, until they read it': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris], { name: 'Notices' });
    const [phone, laptop] = await Promise.all([boris.comesOnline(0), boris.comesOnline(1)]);
    const input = { clientMessageId: randomUUID(), text: 'Soup today' };
    const message = await ana.api.ok<Message>('POST', `/conversations/${id}/messages`, input);
    const isOf = ({ notification }: Record<string, unknown>) => (notification as Notification).eventId === message.id;
    for (const device of [phone, laptop]) expect(await device.receives('notification:created', isOf)).toMatchObject({ unread: 1 });
    expect(await boris.api.ok('GET', '/notifications')).toMatchObject({
      items: [{ eventId: message.id, cause: 'message', text: 'Soup today' }],
    });
    expect(await ana.api.ok('GET', '/notifications')).toMatchObject({ items: [], unread: 0 });
    await phone.command('conversation:read', { conversationId: id, seq: message.seq });
    expect(await laptop.receives('notifications:read')).toMatchObject({ conversationId: id, upToSeq: message.seq, unread: 0 });
    for (const device of [phone, laptop]) expect(device.all('notification:created')).toHaveLength(1);
  },

  'a channel puts those into the centre whom it mentions, and who was removed reads no text there': async ({ actors }: Scene) => {
    const [ana, boris, clara] = await actors('ana', 'boris', 'clara');
    const { id } = await ana.opens('channel', [boris, clara], { name: 'News of all' });
    const says = (text: string) => ana.api.ok<Message>('POST', `/conversations/${id}/messages`, { clientMessageId: randomUUID(), text });
    const username = (boris.session.user as { username: string }).username;
    await says('Nothing special');
    const mention = await says(`Look, @${username}`);
    await eventually(async () => {
      const { items } = await boris.api.ok<Centre>('GET', '/notifications');
      expect(items.map(({ eventId, cause }) => [eventId, cause])).toEqual([[mention.id, 'mention']]);
    });
    expect(await clara.api.ok('GET', '/notifications')).toMatchObject({ items: [], unread: 0 });
    await ana.api.ok('DELETE', `/conversations/${id}/members/${boris.id}`);
    const { items } = await boris.api.ok<Centre>('GET', '/notifications');
    expect(items.map(({ text }) => text)).toEqual(['']);
  },

  'the trace says why somebody was not notified': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris], { name: 'Quiet' });
    await boris.api.ok('PUT', `/notifications/conversations/${id}`, { level: 'nothing' });
    const input = { clientMessageId: randomUUID(), text: 'Anybody?' };
    const message = await ana.api.ok<Message>('POST', `/conversations/${id}/messages`, input);
    await eventually(async () => {
      const trace = await boris.api.ok('GET', `/notifications/trace?messageId=${message.id}`);
      expect(trace).toMatchObject({ notified: false, reason: 'level_nothing', byDefault: false });
    });
  },

  'an admin finds why somebody was not notified, and sees the state of the channels': async ({ actors }: Scene) => {
    const [admin, ana, boris] = await actors('olga', 'ana', 'boris');
    const { id } = await ana.opens('group', [boris], { name: 'Quiet too' });
    await boris.api.ok('PATCH', `/conversations/${id}`, { muted: true });
    const input = { clientMessageId: randomUUID(), text: 'Anybody there?' };
    const message = await ana.api.ok<Message>('POST', `/conversations/${id}/messages`, input);
    await eventually(async () => {
      const found = await admin.api.ok('GET', `/admin/notifications/traces?userId=${boris.id}&outcome=held`);
      expect(found).toMatchObject({ items: [{ eventId: message.id, reason: 'muted', notified: false }], nextCursor: null });
    });
    expect(await admin.api.ok('GET', `/admin/notifications/trace?eventId=${message.id}&userId=${ana.id}`)).toMatchObject({ reason: 'own' });
    const { items } = await admin.api.ok<{ items: { channel: string; off: string | null }[] }>('GET', '/admin/notifications/channels');
    expect(items.map(({ channel, off }) => [channel, off === null])).toEqual([
      ['push', true],
      ['fcm', false],
      ['mail', false],
    ]);
    expect(await admin.api.ok('GET', '/admin/overview')).toMatchObject({ notificationAlarms: [] });
  },

  '@here mentions those who are online': async ({ actors }: Scene) => {
    const [ana, boris, clara] = await actors('ana', 'boris', 'clara');
    const { id } = await ana.opens('group', [boris, clara], { name: 'Here' });
    await boris.comesOnline();
    await eventually(async () => {
      const input = { clientMessageId: randomUUID(), text: '@here lunch' };
      const { mentions } = await ana.api.ok<Message>('POST', `/conversations/${id}/messages`, input);
      expect(mentions).toEqual([boris.id]);
    });
  },
} as const;
