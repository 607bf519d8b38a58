import { jest } from '@jest/globals';
import type { Client, ClientEvents } from '../../../client/index.ts';
import { memoryStorage } from '../shared/browser/storage.ts';
import { nameOrder } from '../shared/format/name-order.ts';
import type { Conversation, Message, User } from '../shared/model.ts';
import { store, type Readable } from '../shared/state/store.ts';
import { personStates, type PersonState } from './person-state.ts';

// Toasts and searches have timers of their own.
jest.useFakeTimers();

const secret = 'zeppelin';
const user = (id: string) => ({ id, displayName: id }) as User;
const message = { id: 'm1', conversationId: 'c1', seq: 1, rev: 1, text: secret, deletedAt: null } as Message;
const conversation = (unread: number) => ({ id: secret, kind: 'group', unread, mentions: 0, muted: false, createdAt: '' }) as Conversation;

/** A client that knows the session and its events, and answers every question with the one message. */
function aClient() {
  const session = store<ReturnType<Client['session']['get']>>({ status: 'signed-out', reason: 'none' });
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const timeline = store({ messages: [], pending: [], loaded: true });
  const client = {
    session,
    call: (operation: { name: string }) =>
      Promise.resolve(operation.name === 'chat.searchMessages' ? { items: [message], nextCursor: null } : message),
    conversation: () => ({
      timeline,
      conversation: store(null),
      openAt: () => Promise.reject(new Error(secret)),
      openLatest: () => Promise.resolve(),
    }),
    on: (event: string, listener: (payload: never) => void) => {
      const own = listeners.get(event) ?? new Set();
      listeners.set(event, own.add(listener));
      return () => own.delete(listener);
    },
  } as unknown as Client;
  return {
    client,
    comes: (id: string | null) =>
      session.set(id === null ? { status: 'signed-out', reason: 'revoked' } : { status: 'signed-in', user: user(id) }),
    emit: <E extends keyof ClientEvents>(event: E, payload: ClientEvents[E]) => {
      for (const listener of listeners.get(event) ?? []) listener(payload as never);
    },
    listening: () => [...listeners.values()].reduce((sum, { size }) => sum + size, 0),
  };
}

/** How each part comes to hold something of a person, and what it shows then. A new part needs its line here. */
const parts: { readonly [P in keyof PersonState]: { fill: (state: PersonState) => unknown; shown: (state: PersonState) => unknown } } = {
  drafts: {
    fill: ({ drafts }) => drafts.of('c1').set({ text: secret, replyTo: null, edit: { messageId: 'm1', text: secret } }),
    shown: ({ drafts }) => drafts.of('c1').get(),
  },
  ui: {
    fill: ({ ui }) => {
      ui.showToast(secret);
      ui.dialog.set({ name: 'confirm', title: secret, text: secret, confirm: secret, onConfirm: () => undefined });
      ui.reacting.set(secret);
    },
    shown: ({ ui }) => Object.values(ui).map((part: unknown) => (isReadable(part) ? part.get() : null)),
  },
  views: {
    fill: ({ views }) => views.of('c1').show(5),
    shown: ({ views }) => [String(views.of('c1').failure.get()), views.of('c1').place.get()],
  },
  quotes: {
    fill: ({ quotes }) => quotes.of('m1', 'c1'),
    shown: ({ quotes }) => quotes.of('m1', 'c1').get(),
  },
  search: {
    fill: ({ search }) => {
      search.question.set({ text: secret, conversationId: null });
      return search.results.reload();
    },
    shown: ({ search }) => [search.question.get(), search.results.state.get()],
  },
  list: {
    fill: ({ list }) =>
      list.order.sections([conversation(1)], { openId: secret, words: '', title: ({ id }) => id, byName: nameOrder('en') }),
    // Stays among the unread ones for whoever opened it there.
    shown: ({ list }) =>
      list.order.sections([conversation(0)], { openId: secret, words: '', title: ({ id }) => id, byName: nameOrder('en') }).unread,
  },
  arrival: {
    fill: ({ arrival }) => arrival.set('tab'),
    shown: ({ arrival }) => arrival.get(),
  },
};

const isReadable = (part: unknown): part is Readable<unknown> => typeof part === 'object' && part !== null && 'get' in part;
const names = Object.keys(parts) as (keyof PersonState)[];

test.each<[string, readonly (string | null)[]]>([
  ['signs out, and another signs in', [null, 'boris']],
  ['gives way to another without a word', ['boris']],
])('nothing of a person is there once the person %s', async (_what, coming) => {
  const { client, comes } = aClient();
  const person = personStates(client, memoryStorage());
  comes('ana');
  const { state } = person.get();
  expect(Object.keys(state).sort()).toEqual([...names].sort());
  for (const name of names) await parts[name].fill(state);
  await Promise.resolve();
  for (const name of names.filter((one) => one !== 'arrival'))
    expect(JSON.stringify(parts[name].shown(state))).toContain(name === 'views' ? 'Error' : secret);
  for (const id of coming) {
    comes(id);
    const next = person.get();
    expect(next).toMatchObject({ userId: id });
    for (const name of names) {
      expect(next.state[name]).not.toBe(state[name]);
      expect(JSON.stringify([parts[name].shown(next.state)])).not.toContain(secret);
    }
    expect(next.state.arrival.get()).toBeNull();
  }
});

test('a person who comes back finds their drafts, and no other finds them', () => {
  const { client, comes } = aClient();
  const person = personStates(client, memoryStorage());
  const draft = () => person.get().state.drafts.of('c1').get().text;
  comes('ana');
  person.get().state.drafts.of('c1').set({ text: secret, replyTo: null, edit: null });
  comes(null);
  expect(draft()).toBe('');
  comes('boris');
  expect(draft()).toBe('');
  person.get().state.drafts.of('c1').set({ text: 'by Boris', replyTo: null, edit: null });
  person.get().state.drafts.clear();
  comes('ana');
  expect(draft()).toBe(secret);
});

test('the state of a person who went listens to nothing', () => {
  const { client, comes, listening } = aClient();
  personStates(client, memoryStorage());
  const before = listening();
  for (const id of ['ana', null, 'boris', 'ana']) comes(id);
  expect(listening()).toBe(before);
});

test('a person whom another tab signed in gets a notice', () => {
  const { client, comes, emit } = aClient();
  const person = personStates(client, memoryStorage());
  comes('ana');
  emit('person-changed', { from: user('ana'), to: user('boris') });
  comes('boris');
  expect(person.get().state.arrival.get()).toBe('tab');
});

test('results of a search follow edits and deletions', async () => {
  const { client, comes, emit } = aClient();
  const person = personStates(client, memoryStorage());
  comes('ana');
  const { search } = person.get().state;
  search.question.set({ text: secret, conversationId: null });
  await search.results.reload();
  emit('message-revised', { ...message, rev: 2, text: 'edited' });
  expect(search.results.state.get().items).toMatchObject([{ text: 'edited' }]);
  emit('message-revised', { ...message, rev: 1, text: 'older' });
  expect(search.results.state.get().items).toMatchObject([{ text: 'edited' }]);
  emit('message-revised', { ...message, rev: 3, text: '', deletedAt: '2026-11-27T12:00:00.000Z' });
  expect(search.results.state.get().items).toEqual([]);
  await search.results.reload();
  emit('conversation-removed', { conversationId: 'c1' });
  expect(search.results.state.get().items).toEqual([]);
});
