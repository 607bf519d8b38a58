import { describe, expect, it } from '@jest/globals';
import { events } from '../src/contracts/registry.ts';
import { type EventSinks, eventRouter } from './wire-events.ts';
import { aHead, aMessage } from './test-log.ts';

function recorded() {
  const received: [string, ...unknown[]][] = [];
  const record =
    (name: keyof EventSinks) =>
    (...args: unknown[]) =>
      received.push([name, ...args]);
  const names = [
    'change',
    'created',
    'removed',
    'muted',
    'read',
    'typing',
    'heads',
    'presence',
    'user',
    'people',
    'settings',
    'notified',
    'notificationsRead',
    'ruleChanged',
  ] as const;
  const route = eventRouter(Object.fromEntries(names.map((name) => [name, record(name)])) as unknown as EventSinks);
  return { received, route };
}

const payload = {
  conversationId: 'c1',
  messageId: 'm1',
  userId: 'ana',
  rev: 3,
  seq: 2,
  typing: true,
  muted: true,
  reactions: [],
  members: [],
  member: {},
  message: aMessage(1),
  conversation: aHead(),
  user: { id: 'ana' },
  heads: { c1: 4 },
};

describe('the events of the server', () => {
  it.each(events.flatMap((event) => event.clients.map(({ name }) => name)))('are all routed: %s', (name) => {
    const { received, route } = recorded();
    route(name, payload);
    expect(received).toHaveLength(1);
  });

  it('become steps of the log where they made a rev', () => {
    const { received, route } = recorded();
    route('message:updated', { message: aMessage(4, { rev: 9 }) });
    route('member:left', { conversationId: 'c1', rev: 10, userId: 'ana' });
    expect(received).toEqual([
      ['change', 'c1', { kind: 'message', rev: 9, message: aMessage(4, { rev: 9 }) }],
      ['change', 'c1', { kind: 'left', rev: 10, userId: 'ana' }],
    ]);
  });

  it('are left alone when a newer server sends what is not known here', () => {
    const { received, route } = recorded();
    route('poll:opened', {});
    route('constructor', {});
    expect(received).toEqual([]);
  });
});
