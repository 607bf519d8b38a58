import type { Message } from '../../../contracts/chat/messages.ts';
import { newId } from '../../../kernel/ids.ts';
import { onMessageCreated, onMessageDeleted, onMessageUpdated } from './on-messages.ts';

type Parts = Parameters<typeof onMessageUpdated>[0];

const editedAt = '2026-01-31T12:00:00.000Z';
let now: string;
let arrived: { id: string; kind: string; mentions: readonly string[] }[];
let rewritten: string[];
let parts: Parts;
beforeEach(() => {
  now = '2026-01-31T12:00:30.000Z';
  arrived = [];
  rewritten = [];
  parts = {
    clock: { now: () => Date.parse(now), timestamp: () => now },
    arrivals: {
      add: ({ eventId, kind, mentions }: { eventId: string; kind: string; mentions: readonly string[] }) =>
        Promise.resolve(void arrived.push({ id: eventId, kind, mentions })),
    },
    entries: { rewrite: (eventId: string, text: string) => Promise.resolve(void rewritten.push(`${eventId}: ${text}`)) },
  } as unknown as Parts;
});

const message = (more: Partial<Message> = {}) =>
  ({
    id: 'm1',
    kind: 'text',
    text: '**Soup** today',
    mentions: [],
    attachments: [],
    editedAt: null,
    deletedAt: null,
    ...more,
  }) as Partial<Message>;
const event = (id: string, more?: Partial<Message>) => ({ id, event: 'any', payload: { message: message(more) } });

test('a new message waits to be decided; what the app itself says does not', async () => {
  await onMessageCreated(parts).handle(event('m1', { mentions: ['ana'] }));
  await onMessageCreated(parts).handle(event('m2', { id: 'm2', kind: 'system' }));
  expect(arrived).toEqual([{ id: 'm1', kind: 'message', mentions: ['ana'] }]);
});

test('an edit rewrites the entries, and waits to be decided where it mentions somebody', async () => {
  await onMessageUpdated(parts).handle(event('e1', { editedAt }));
  expect(arrived).toEqual([]);
  await onMessageUpdated(parts).handle(event('e2', { editedAt, mentions: ['ana'] }));
  expect(rewritten).toEqual(['m1: Soup today', 'm1: Soup today']);
  expect(arrived).toEqual([{ id: 'm1', kind: 'edit', mentions: ['ana'] }]);
});

test('a later change of a message that was edited once, and a deletion, are no edit', async () => {
  await onMessageUpdated(parts).handle(event(newId()));
  await onMessageUpdated(parts).handle(event(newId(), { editedAt, deletedAt: now }));
  now = '2026-01-31T12:02:00.000Z';
  await onMessageUpdated(parts).handle(event(newId(), { editedAt, mentions: ['ana'] }));
  expect([arrived, rewritten]).toEqual([[], []]);
});

test('a deletion empties the entries', async () => {
  await onMessageDeleted(parts).handle(event(newId(), { deletedAt: now }));
  expect(rewritten).toEqual(['m1: ']);
});
