import { beforeEach, describe, expect, test } from '@jest/globals';
import { Events } from '../../../../client/events.ts';
import { Cell } from '../../../../client/readable.ts';
import type { ConnectionState } from '../../../../client/client.ts';
import type { App } from '../../app/app-context.tsx';
import { closeRead } from './close-read.ts';

let events: Events;
let connection: Cell<ConnectionState>;
let marks: Record<string, number>;
let standing: { readonly data: unknown; close(): void }[];

beforeEach(() => {
  events = new Events();
  connection = new Cell<ConnectionState>({ status: 'connecting', retryAt: null });
  [marks, standing] = [{}, []];
});

function stands(eventId: string, conversationId: string | null, seq: number | null): void {
  const one = { data: { eventId, conversationId, seq }, close: () => void (standing = standing.filter((other) => other !== one)) };
  standing.push(one);
}

const start = (screen: unknown = { getNotifications: () => Promise.resolve(standing) }) => {
  const conversations = { get: () => Object.entries(marks).map(([id, lastReadSeq]) => ({ id, lastReadSeq })) };
  closeRead({ client: { on: events.on, connection, conversations } } as unknown as App, () => Promise.resolve(screen as never));
};

const none = { ids: null, conversationId: null, upToSeq: null, upToId: null, unread: 0 };
const settled = () => new Promise((resolve) => setImmediate(resolve));
const left = () => standing.map(({ data }) => (data as { eventId: string } | null)?.eventId);

describe('notifications on the screen', () => {
  beforeEach(() => {
    stands('e1', 'lunch', 1);
    stands('e2', 'lunch', 2);
    stands('e3', 'trip', 1);
    stands('e4', null, null);
    standing.push({ data: null, close: () => undefined });
  });

  test('go where their message was read on any device', async () => {
    start();
    events.emit('notifications-read', { ...none, conversationId: 'lunch', upToSeq: 1 });
    await settled();
    expect(left()).toEqual(['e2', 'e3', 'e4', undefined]);
  });

  test('go up to the entry that was the newest when all were marked', async () => {
    start();
    events.emit('notifications-read', { ...none, upToId: 'e3' });
    await settled();
    expect(left()).toEqual(['e4', undefined]);
  });

  test('stay where entries were marked that they know nothing of', async () => {
    start();
    events.emit('notifications-read', { ...none, ids: ['n1'] });
    await settled();
    expect(left()).toHaveLength(5);
  });

  test('go on each connection, as far as their conversations were read meanwhile', async () => {
    start();
    marks = { lunch: 1, trip: 5 };
    await settled();
    expect(left()).toHaveLength(5);
    connection.set({ status: 'online', retryAt: null });
    await settled();
    expect(left()).toEqual(['e2', 'e4', undefined]);
  });

  test('are none where no service worker is, or it does not answer', async () => {
    connection.set({ status: 'online', retryAt: null });
    start(null);
    start({ getNotifications: () => Promise.reject(new Error('gone')) });
    await settled();
    expect(left()).toHaveLength(5);
  });
});
