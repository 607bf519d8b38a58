import { beforeEach, describe, expect, it } from '@jest/globals';
import { IDBFactory } from 'fake-indexeddb';
import type { Client } from './client.ts';
import { createClient } from './create-client.ts';
import { IndexedDbLocalStore } from './local-store/indexed-db.ts';
import type { LocalStore } from './options.ts';
import { becomes } from './test-becomes.ts';
import { conversationId, FlakyServer } from './test-server.ts';
import { ManualTimers, settled } from './test-timers.ts';

const peer = '00000000-0000-4000-8000-00000000000b';
const another = '00000000-0000-4000-8000-00000000000c';
const tokens = { read: () => Promise.resolve('kept'), write: () => Promise.resolve() };

let timers: ManualTimers;
let server: FlakyServer;
let store: IndexedDbLocalStore;
/** Lets the server answer. */
let answer: () => void;
let isReachable: boolean;

beforeEach(() => {
  timers = new ManualTimers();
  server = new FlakyServer(timers);
  store = new IndexedDbLocalStore(new IDBFactory());
  isReachable = true;
});

function open(local: LocalStore = store): Client {
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  return createClient(
    { url: 'http://server', local, tokens },
    {
      timers,
      openWire: server.openWire,
      fetch: async (...request) => {
        await held;
        if (!isReachable) throw new TypeError('no network');
        return server.fetch(...request);
      },
    },
  );
}

const textsOf = (client: Client) =>
  client
    .conversation(conversationId)
    .timeline.get()
    .messages.map(({ text }) => text);
const isIn = (client: Client) => becomes(client.session, ({ status }) => status === 'signed-in');
const isOnline = async (client: Client): Promise<void> => {
  await Promise.all([becomes(client.connection, ({ status }) => status === 'online'), timers.pass(1_000)]);
};

/** A client that read the conversation, met somebody, and ended. */
async function formerVisit(): Promise<void> {
  const client = open();
  answer();
  await client.start();
  await isOnline(client);
  server.peerSays();
  server.peerSays();
  await client.conversation(conversationId).openLatest();
  client.requirePeople([peer]);
  await timers.pass(2_000);
  await becomes(client.people, (people) => people.has(peer));
  await client.stop();
}

/** A client whose server has not answered yet, with the conversation open. */
async function laterVisit(local: LocalStore = store) {
  const client = open(local);
  const started = client.start();
  await isIn(client);
  const opening = client.conversation(conversationId).openLatest();
  opening.catch(() => undefined);
  return { client, started, opening };
}

describe('what the device kept', () => {
  it('is shown before the server has answered anything: the person, the list, people and messages', async () => {
    await formerVisit();
    const { client } = await laterVisit();
    const handle = client.conversation(conversationId);
    await becomes(handle.timeline, ({ loaded }) => loaded);
    expect(client.conversations.get()).toMatchObject([{ id: conversationId, lastSeq: 2, unread: 2 }]);
    expect(textsOf(client)).toEqual(server.log.messages.map(({ text }) => text));
    expect(client.people.get().has(peer)).toBe(true);
    expect([client.conversationsLoaded.get(), handle.isConfirmed.get()]).toEqual([false, false]);
    await client.stop();
  });

  it('is corrected by the server: what was written and changed meanwhile is there, and reported as nothing new', async () => {
    await formerVisit();
    server.edit(0);
    server.peerSays();
    const { client, started, opening } = await laterVisit();
    const received: string[] = [];
    client.on('message', ({ id }) => received.push(id));
    await becomes(client.conversation(conversationId).timeline, ({ loaded }) => loaded);
    expect(textsOf(client)).toHaveLength(2);
    answer();
    await Promise.all([started, opening, isOnline(client)]);
    expect(client.conversation(conversationId).timeline.get().messages).toEqual(server.log.messages);
    expect(client.conversation(conversationId).isConfirmed.get()).toBe(true);
    expect([client.conversations.get()[0]?.lastSeq, received]).toEqual([3, []]);
    server.peerSays();
    await settled();
    expect([client.conversation(conversationId).timeline.get().messages.length, received.length]).toEqual([4, 1]);
    await client.stop();
  });

  it('goes with a conversation that the person was removed from, on the screen and on the device', async () => {
    await formerVisit();
    server.isMember = false;
    const { client, started } = await laterVisit();
    const gone: string[] = [];
    client.on('conversation-removed', (removed) => gone.push(removed.conversationId));
    const { timeline } = client.conversation(conversationId);
    await becomes(timeline, ({ loaded }) => loaded);
    answer();
    await Promise.all([started, isOnline(client)]);
    expect([client.conversations.get(), timeline.get().messages, gone]).toEqual([[], [], [conversationId]]);
    await client.stop();
    expect((await store.load())?.conversations).toEqual([]);
  });

  it('is not shown of a conversation that changed since, once the server has said so', async () => {
    await formerVisit();
    server.edit(0);
    const client = open();
    answer();
    await client.start();
    await isOnline(client);
    const texts: string[][] = [];
    const handle = client.conversation(conversationId);
    handle.timeline.subscribe(() => texts.push(textsOf(client)));
    await handle.openLatest();
    const before = server.log.messages.map(({ text }) => text);
    expect(texts.filter((shown) => shown.length > 0)).toEqual([before]);
    await client.stop();
  });

  it('stays on the screen while the server is out of reach, and is the server’s state afterwards', async () => {
    await formerVisit();
    isReachable = false;
    const { client, started, opening } = await laterVisit();
    answer();
    await started;
    await expect(opening).rejects.toMatchObject({ code: 'offline' });
    await becomes(client.conversation(conversationId).timeline, ({ loaded }) => loaded);
    await timers.pass(100);
    expect([client.session.get().status, client.connection.get().status]).toEqual(['signed-in', 'offline']);
    expect(textsOf(client)).toHaveLength(2);
    server.peerSays();
    isReachable = true;
    await timers.pass(60_000);
    await isOnline(client);
    await client.conversation(conversationId).openLatest();
    expect(textsOf(client)).toHaveLength(3);
    await client.stop();
  });
});

describe('nothing stays on the device', () => {
  const isEmpty = async () => expect(await store.load()).toBeNull();

  it('after a sign-out', async () => {
    await formerVisit();
    const client = open();
    answer();
    await client.start();
    await isOnline(client);
    await client.logOut();
    await isEmpty();
    await client.stop();
    await isEmpty();
  });

  it('of a session that the server ended meanwhile; the person is signed out as soon as it says so', async () => {
    await formerVisit();
    server.hasSession = false;
    const { client, started } = await laterVisit();
    await becomes(client.conversation(conversationId).timeline, ({ loaded }) => loaded);
    answer();
    await started;
    expect([client.session.get().status, client.conversations.get(), textsOf(client)]).toEqual(['signed-out', [], []]);
    await client.stop();
    await isEmpty();
  });

  it('of a person whose browser is another’s by now', async () => {
    await formerVisit();
    server.userId = another;
    server.isMember = false;
    const { client, started } = await laterVisit();
    answer();
    await started;
    await isOnline(client);
    expect([client.conversations.get(), textsOf(client), client.people.get().has(peer)]).toEqual([[], [], false]);
    await client.stop();
    expect(await store.load()).toMatchObject({ user: { id: another }, conversations: [], paged: new Set() });
  });
});

describe('a device that cannot keep anything', () => {
  const failing = (how: () => Promise<never>): LocalStore => ({ load: how, page: how, begin: how, save: how, clear: how });

  it.each([
    ['is full or broken', () => Promise.reject(new Error('QuotaExceededError'))],
    ['never answers', () => new Promise<never>(() => undefined)],
  ])('works all the same where its store %s', async (_how, fault) => {
    const client = open(failing(fault));
    answer();
    const started = client.start();
    await Promise.all([started, isOnline(client)]);
    server.peerSays();
    await client.conversation(conversationId).openLatest();
    await timers.pass(5_000);
    expect(textsOf(client)).toHaveLength(1);
    expect(client.connection.get().status).toBe('online');
  });
});
