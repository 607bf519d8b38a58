import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Notification } from '../src/contracts/notifications/notifications.ts';
import type { ConnectionState, NotificationsRead } from './client.ts';
import { ClientError } from './client-error.ts';
import { Events } from './events.ts';
import { isAmongRead, NotificationList, type NotificationFilter } from './notification-list.ts';
import { Cell } from './readable.ts';
import { waitingCalls } from './test-calls.ts';
import { settled } from './test-timers.ts';

const failure = new ClientError('unavailable');
let server: ReturnType<typeof waitingCalls>;
let events: Events;
let connection: Cell<ConnectionState>;

beforeEach(() => {
  server = waitingCalls();
  events = new Events();
  connection = new Cell<ConnectionState>({ status: 'online', retryAt: null });
});

const entry = (id: string, more: Partial<Notification> = {}): Notification => ({
  ...{ id, eventId: id, cause: 'direct', conversationId: 'c1', messageId: id, seq: 1, actorId: 'ana', title: 'Ana', text: 'Lunch?' },
  ...{ createdAt: '2026-01-31T12:00:00.000Z', readAt: null },
  ...more,
});

const none: NotificationsRead = { ids: null, conversationId: null, upToSeq: null, upToId: null, unread: 0 };
const opened = (filter: NotificationFilter = 'all') => new NotificationList({ call: server.call, on: events.on, connection }, filter);
const answer = (items: Notification[], nextCursor: string | null = null) =>
  server.last('listNotifications').answer({ items, nextCursor, unread: 0 });
const ids = (list: NotificationList) => list.state.get().items.map(({ id }) => id);

describe('the entries of the centre', () => {
  it('come page by page, and none twice', async () => {
    const list = opened('unread');
    expect([list.state.get().status, server.last('listNotifications').input]).toEqual(['loading', { filter: 'unread', limit: 30 }]);
    await answer([entry('n3'), entry('n2')], 'next');
    expect([ids(list), list.state.get().hasMore]).toEqual([['n3', 'n2'], true]);
    void list.more();
    expect(server.last('listNotifications').input).toMatchObject({ cursor: 'next' });
    await answer([entry('n2'), entry('n1')]);
    expect([ids(list), list.state.get()]).toMatchObject([['n3', 'n2', 'n1'], { hasMore: false, status: 'ready' }]);
    await list.more();
    expect(server.asked).toHaveLength(2);
  });

  it('are read again on each connection; what was shown stays until then, and where it fails', async () => {
    const list = opened();
    await answer([entry('n1')]);
    connection.set({ status: 'offline', retryAt: null });
    connection.set({ status: 'online', retryAt: null });
    expect([ids(list), list.state.get().status]).toEqual([['n1'], 'loading']);
    await server.last('listNotifications').fail(failure);
    expect([ids(list), list.state.get()]).toMatchObject([['n1'], { status: 'failed', failure }]);
    void list.load();
    await answer([entry('n2'), entry('n1')]);
    expect([ids(list), list.state.get().failure]).toEqual([['n2', 'n1'], null]);
  });

  it('grow by what happens, also while the page is on its way', async () => {
    const list = opened();
    events.emit('notification', entry('n2'));
    await answer([entry('n1')]);
    events.emit('notification', entry('n3'));
    events.emit('notification', entry('n3'));
    expect(ids(list)).toEqual(['n3', 'n2', 'n1']);
  });

  it('are mentions where only these are asked for', async () => {
    const list = opened('mentions');
    await answer([]);
    for (const cause of ['direct', 'mention', 'reply', 'message'] as const) events.emit('notification', entry(cause, { cause }));
    expect(ids(list)).toEqual(['reply', 'mention']);
  });

  it('that were read on any device are marked, and stay where they are', async () => {
    const list = opened('unread');
    await answer([entry('n2'), entry('n1')]);
    events.emit('notifications-read', { ...none, ids: ['n1'] });
    expect(list.state.get().items.map(({ id, readAt }) => [id, readAt !== null])).toEqual([
      ['n2', false],
      ['n1', true],
    ]);
  });

  it('are no longer followed once the list is closed, whatever is on its way', async () => {
    const list = opened();
    list.close();
    events.emit('notification', entry('n1'));
    connection.set({ status: 'online', retryAt: 1 });
    await answer([entry('n2')]);
    await settled();
    expect([ids(list), server.asked.length]).toEqual([[], 1]);
  });
});

describe('an entry', () => {
  it.each([
    [{}, true],
    [{ ids: ['n2'] }, true],
    [{ ids: ['n1'] }, false],
    [{ upToId: 'n2' }, true],
    [{ upToId: 'n1' }, false],
    [{ conversationId: 'c1', upToSeq: 5 }, true],
    [{ conversationId: 'c1', upToSeq: 4 }, false],
    [{ conversationId: 'c2', upToSeq: 9 }, false],
    [{ conversationId: 'c1' }, true],
  ])('is among %j: %s', (which, isThere) => {
    expect(isAmongRead(entry('n2', { seq: 5 }), { ...none, ...which })).toBe(isThere);
  });

  it('that says the person was brought in is read with anything of its conversation', () => {
    expect(isAmongRead(entry('n2', { seq: null }), { ...none, conversationId: 'c1', upToSeq: 1 })).toBe(true);
    expect(isAmongRead(entry('n2', { seq: null }), { ...none, conversationId: 'c2', upToSeq: 9 })).toBe(false);
  });
});
