import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Notification } from '../src/contracts/notifications/notifications.ts';
import type { ConversationRule } from '../src/contracts/notifications/rules.ts';
import type { NotificationsRead } from './client.ts';
import { ClientError, offline } from './client-error.ts';
import { Events } from './events.ts';
import { NotificationsOfDevice } from './notifications.ts';
import { waitingCalls } from './test-calls.ts';

const refused = new ClientError('rate_limited', { detail: 'Too often.' });
const rule = (conversationId: string, change: Partial<ConversationRule> = {}): ConversationRule => ({
  conversationId,
  level: null,
  mutedUntil: null,
  ...change,
});

let server: ReturnType<typeof waitingCalls>;
let events: Events;
let notifications: NotificationsOfDevice;

beforeEach(() => {
  server = waitingCalls();
  events = new Events();
  notifications = new NotificationsOfDevice({ call: server.call, events });
  notifications.begin();
});

const rules = () => [...notifications.rules.get().values()];
const entry = { id: 'n1' } as Notification;
const readNow = (unread: number): NotificationsRead => ({ ids: null, conversationId: null, upToSeq: null, upToId: null, unread });

async function connected({ unread = 3, conversations = [] as ConversationRule[] } = {}): Promise<void> {
  notifications.resume();
  await server.last('listNotifications').answer({ items: [], nextCursor: null, unread });
  await server.last('getPreferences').answer({ rev: 1, preferences: {}, conversations });
}

describe('how much is unread', () => {
  it('is unknown until it was read, and read again on each connection', async () => {
    expect(notifications.unread.get()).toBeNull();
    await connected({ unread: 3 });
    expect(notifications.unread.get()).toBe(3);
    await connected({ unread: 1 });
    expect(notifications.unread.get()).toBe(1);
  });

  it('follows what comes and what is read on any device, and both are reported', async () => {
    await connected();
    const reported: unknown[] = [];
    events.on('notification', (one) => reported.push(one));
    events.on('notifications-read', (one) => reported.push(one));
    notifications.notified({ notification: entry, unread: 4 });
    expect(notifications.unread.get()).toBe(4);
    notifications.notificationsRead(readNow(0));
    expect([notifications.unread.get(), reported]).toEqual([0, [entry, readNow(0)]]);
  });

  it('is not taken from an answer that an event overtook', async () => {
    notifications.resume();
    notifications.notified({ notification: entry, unread: 4 });
    await server.last('listNotifications').answer({ items: [], nextCursor: null, unread: 3 });
    expect(notifications.unread.get()).toBe(4);
  });

  it('is what the server says after entries were marked', async () => {
    await connected();
    const done = notifications.read({ ids: ['n1'] });
    expect(server.last('readNotifications').input).toEqual({ ids: ['n1'] });
    await server.last('readNotifications').answer({ unread: 2 });
    await done;
    expect(notifications.unread.get()).toBe(2);
    const failed = expect(notifications.read({})).rejects.toBe(refused);
    await server.last('readNotifications').fail(refused);
    await failed;
    expect(notifications.unread.get()).toBe(2);
  });

  it('is nobody’s after the person left', async () => {
    await connected();
    const lateRead = notifications.read({});
    notifications.resume();
    notifications.begin();
    await server.last('readNotifications').answer({ unread: 0 });
    await server.last('listNotifications').answer({ items: [], nextCursor: null, unread: 7 });
    await lateRead;
    expect(notifications.unread.get()).toBeNull();
  });
});

describe('what was chosen for a conversation', () => {
  it('is read on each connection, and stays where that fails', async () => {
    await connected({ conversations: [rule('c1', { level: 'nothing' })] });
    notifications.resume();
    await server.last('getPreferences').fail(offline('cut'));
    await server.last('listNotifications').fail(offline('cut'));
    expect([rules(), notifications.unread.get()]).toEqual([[rule('c1', { level: 'nothing' })], 3]);
  });

  it('shows at once and follows other devices', async () => {
    await connected();
    const done = notifications.setRule('c1', { level: 'mentions' });
    expect(rules()).toEqual([rule('c1', { level: 'mentions' })]);
    notifications.ruleChanged({ rule: rule('c2', { mutedUntil: '2026-01-31T12:00:00.000Z' }) });
    await server.last('setConversationRule').answer(rule('c1', { level: 'mentions' }));
    await done;
    expect(rules()).toEqual([rule('c2', { mutedUntil: '2026-01-31T12:00:00.000Z' }), rule('c1', { level: 'mentions' })]);
  });

  it('keeps what is not changed', async () => {
    await connected({ conversations: [rule('c1', { level: 'nothing' })] });
    void notifications.setRule('c1', { mutedUntil: '2026-01-31T12:00:00.000Z' });
    expect(server.last('setConversationRule').input).toEqual(rule('c1', { level: 'nothing', mutedUntil: '2026-01-31T12:00:00.000Z' }));
  });

  it('is as it was where the server refuses', async () => {
    await connected({ conversations: [rule('c1', { level: 'all' })] });
    const isRefused = expect(notifications.setRule('c1', { level: 'nothing' })).rejects.toBe(refused);
    await server.last('setConversationRule').fail(refused);
    await isRefused;
    expect(rules()).toEqual([rule('c1', { level: 'all' })]);
  });

  it('is the last of several', async () => {
    await connected();
    const done = Promise.all([notifications.setRule('c1', { level: 'nothing' }), notifications.setRule('c1', { level: 'all' })]);
    await server.last('setConversationRule').answer(rule('c1', { level: 'nothing' }));
    expect(rules()).toEqual([rule('c1', { level: 'all' })]);
    await server.last('setConversationRule').answer(rule('c1', { level: 'all' }));
    await done;
    expect(rules()).toEqual([rule('c1', { level: 'all' })]);
  });

  it('is nobody’s after the person left', async () => {
    await connected({ conversations: [rule('c1')] });
    const late = notifications.setRule('c1', { level: 'nothing' });
    notifications.begin();
    expect(rules()).toEqual([]);
    await server.last('setConversationRule').answer(rule('c1', { level: 'nothing' }));
    await late;
    expect(rules()).toEqual([]);
  });
});
