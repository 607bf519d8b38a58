import { createTestMongo, type TestMongo } from '../../../../../../test/harness/mongo.ts';
import { requireService } from '../../../../../../test/harness/services.ts';
import * as events from '../../../../../contracts/chat/index.ts';
import type { DomainEvent } from '../../../../../kernel/bus/bus.ts';
import { type Clock, hours, systemClock } from '../../../../../kernel/clock.ts';
import type { MongoCollection } from '../../../../../infra/mongo/mongo-collection.ts';
import type { Plain } from '../../../../../kernel/document-database.ts';
import type { MongoDatabase } from '../../../../../infra/mongo/mongo-database.ts';
import { newId } from '../../../../../kernel/ids.ts';
import { silentLogger } from '../../../../../kernel/telemetry/logger.ts';
import { createMetrics } from '../../../../../infra/telemetry/prometheus-metrics.ts';
import { messageCreated } from '../../../events.ts';
import type { ChatStore } from '../../../ports.ts';
import { mongoStore } from '../mongo.ts';
import { asDeletion, asEdit, asJoining, asLeaving, asRemoval, markRead, setMuted } from '../suite/changes.ts';
import { draftOf, formersOf, later, logOf, opened, said } from '../suite/store-under-test.ts';
import { type Collections, collectionsOf } from './collections.ts';
import type { Pending } from './documents.ts';
import { PendingWrites } from './pending-writes.ts';

const muchLater: Clock = { ...systemClock, now: () => systemClock.now() + hours(1) };
const everything: (keyof Collections)[] = ['messages', 'members', 'edits', 'outbox'];
const writing = new Set<PropertyKey>(['add', 'addAll', 'write', 'update', 'updateAll', 'remove']);

requireService('mongodb').describe('a node that dies', (url) => {
  let made: TestMongo;
  let mongo: MongoDatabase;
  let collections: Collections;
  let store: ChatStore;
  let received: DomainEvent[];
  let ana: string;
  let boris: string;
  let id: string;

  beforeAll(async () => {
    made = createTestMongo(url);
    mongo = await made.open();
    collections = collectionsOf(mongo);
    await nodeOn(mongo).start();
  });
  beforeEach(async () => {
    received = [];
    [ana, boris] = [newId(), newId()];
    store = nodeOn(mongo);
    id = await opened(store, ana, boris);
    received.length = 0;
  });
  afterEach(() => store.stop());
  afterAll(async () => {
    await mongo.close();
    await made.drop();
  });

  const nodeOn = (on: MongoDatabase, clock = systemClock) => {
    const delivery = {
      relays: true,
      deliver: (published: readonly DomainEvent[]) => {
        received.push(...published);
        return Promise.resolve();
      },
    };
    return mongoStore({ mongo: on, delivery, clock, metrics: createMetrics(), logger: silentLogger, created: messageCreated });
  };
  const relay = async () => {
    await store.stop();
    const node = nodeOn(mongo, muchLater);
    await node.relay();
    await node.stop();
  };
  /** A node whose process ends right after a decision stands: of what it writes then, nothing of these kinds arrives. */
  const dying = (...kinds: (keyof Collections)[]): ChatStore => {
    const lost = new Set(kinds.map((kind) => `chat.${kind}`));
    const collection: MongoDatabase['collection'] = (name, fields, indexes) => {
      const real = mongo.collection(name, fields, indexes);
      return (lost.has(name) ? mute(real as MongoCollection<Plain>) : real) as never;
    };
    return nodeOn({ collection } as MongoDatabase);
  };
  const mute = (real: MongoCollection<Plain>): MongoCollection<Plain> =>
    new Proxy(real, {
      get: (target, key) =>
        writing.has(key)
          ? () => Promise.reject(new Error('the process has ended'))
          : (Reflect.get(target, key) as (...args: unknown[]) => unknown).bind(target),
    });
  /** All it did before is settled; what it does last is decided and then cut off. */
  const dies = async (last: (node: ChatStore) => Promise<unknown>, kinds: (keyof Collections)[] = everything): Promise<void> => {
    await store.stop();
    await expect(last(dying(...kinds))).rejects.toThrow('has ended');
  };
  /** Of this test's people and their conversations. */
  const own = () => received.filter((event) => [ana, id].some((one) => JSON.stringify(event).includes(one)));
  const names = () => own().map(({ event }) => event);
  const pendingOf = async (conversationId: string): Promise<Pending> =>
    (await collections.conversations.findOne({ _id: conversationId }))!.pending!;

  test.each<[string, (keyof Collections)[]]>([
    ['everything', everything],
    ['the message', ['messages']],
    ['the row of its outbox', ['outbox']],
  ])('before it has written %s leaves a message that others have, and publish once', async (_what, kinds) => {
    const draft = await draftOf(store, id, ana, { text: 'last words' });
    await dies((node) => node.messages.append(draft), kinds);
    expect((await store.conversations.heads([id])).get(id)).toBe(2);
    expect(await logOf(store, id)).toMatchObject([{ id: draft.id, seq: 1, rev: 2, text: 'last words' }]);
    expect(await store.messages.append({ ...draft, id: newId() })).toMatchObject({ id: draft.id, seq: 1 });
    expect((await said(store, id, boris)).seq).toBe(2);
    received.length = 0;
    await relay();
    await relay();
    expect(own()).toMatchObject([{ id: draft.id, payload: { message: { text: 'last words' } } }]);
  });

  test('is stood in for by the relay alone, when nobody looks at the conversation', async () => {
    const draft = await draftOf(store, id, ana);
    await dies((node) => node.messages.append(draft));
    await relay();
    expect(names()).toEqual([events.messageCreated.name]);
    expect(await collections.conversations.findOne({ _id: id })).not.toHaveProperty('pending');
    expect(await store.messages.find(draft.id)).toMatchObject({ seq: 1 });
  });

  test('within its claim is left to publish what it decided itself', async () => {
    await dies((node) => draftOf(store, id, ana).then((draft) => node.messages.append(draft)));
    await store.conversations.heads([id]);
    const node = nodeOn(mongo);
    await node.relay();
    await node.stop();
    expect(names()).toEqual([]);
  });

  test('leaves an edit whole: the text, the former one, the mentions and the event', async () => {
    const sent = await said(store, id, ana, { text: 'first', mentions: [boris] });
    received.length = 0;
    await dies((node) => node.messages.change(sent, ana, () => asEdit({ text: 'second', mentions: [] })));
    expect((await store.conversations.findOwn(boris, id))?.unreadMentions).toBe(0);
    expect(await store.messages.find(sent.id)).toMatchObject({ text: 'second', rev: 3 });
    expect(await formersOf(store, sent.id)).toEqual([{ text: 'first', endedAt: later }]);
    await relay();
    expect(names()).toEqual([events.messageUpdated.name]);
  });

  test('leaves a removal that holds at once', async () => {
    const before = await draftOf(store, id, boris);
    await dies((node) => node.members.change(id, () => asLeaving(boris)));
    expect([...(await store.members.membership(id))!.roles.keys()]).toEqual([ana]);
    expect(await store.conversations.findOwn(boris, id)).toBeNull();
    await expect(store.messages.append(before)).rejects.toThrow();
    await relay();
    expect(names()).toEqual([events.memberLeft.name]);
  });

  test('leaves a new conversation with its people', async () => {
    await dies((node) => opened(node, ana, boris));
    await relay();
    const [{ conversation }] = own().map(({ payload }) => payload as { conversation: { id: string } }) as [
      { conversation: { id: string } },
    ];
    expect((await store.members.page(conversation.id, { after: null, limit: 9 })).map(({ userId }) => userId)).toEqual([ana, boris].sort());
  });

  test('leaves a conversation gone that it was removing', async () => {
    const sent = await said(store, id, ana);
    received.length = 0;
    await dies((node) => node.conversations.remove(id, asRemoval(id)));
    expect(await store.conversations.heads([id])).toEqual(new Map());
    expect(await store.messages.find(sent.id)).toBeNull();
    expect(await store.members.conversationsOf(ana)).toEqual([]);
    await relay();
    expect(names()).toEqual([events.conversationRemoved.name]);
  });

  test('leaves the read mark of whoever wrote before, also while it is on its way', async () => {
    for (let count = 0; count < 2; count++) await said(store, id, ana);
    await dies((node) => draftOf(store, id, boris).then((draft) => node.messages.append(draft)));
    expect(await markRead(store, { conversationId: id, userId: ana }, 1)).toEqual({ lastReadSeq: 2, lastSeq: 3 });
    expect((await store.members.find(id, ana))?.lastReadSeq).toBe(2);
  });

  test('or only writes, as a command line does, leaves its events to a server, which waits for no claim to end', async () => {
    const delivery = { relays: false, deliver: () => Promise.reject(new Error('not for me')) };
    const node = mongoStore({
      mongo,
      delivery,
      clock: systemClock,
      metrics: createMetrics(),
      logger: silentLogger,
      created: messageCreated,
    });
    await node.start();
    const sent = await said(node, id, ana);
    await setMuted(node, id, boris);
    await node.stop();
    const server = nodeOn(mongo);
    await server.relay();
    await server.stop();
    expect(own()).toMatchObject([{ id: sent.id }, { event: events.muteChanged.name }]);
  });

  test('leaves what somebody changed of their own to be published by another', async () => {
    await said(store, id, ana);
    await store.stop();
    received.length = 0;
    const delivery = { relays: true, deliver: () => Promise.reject(new Error('the process has ended')) };
    const node = mongoStore({
      mongo,
      delivery,
      clock: systemClock,
      metrics: createMetrics(),
      logger: silentLogger,
      created: messageCreated,
    });
    await markRead(node, { conversationId: id, userId: boris }, 1);
    await setMuted(node, id, boris);
    await node.stop();
    await relay();
    await relay();
    expect(names().sort()).toEqual([events.muteChanged.name, events.readMoved.name].sort());
  });

  describe('for a while and then goes on', () => {
    /** What it had read before it was paused, written when all is different. */
    const goesOn = async (pending: Pending): Promise<void> => {
      const pendingWrites = new PendingWrites(collections, silentLogger);
      await pendingWrites.settle([{ conversationId: id, pending }]);
      await pendingWrites.stop();
    };

    test('changes nothing of what came after its edit, and brings no former text back', async () => {
      const sent = await said(store, id, ana, { text: 'first' });
      await dies((node) => node.messages.change(sent, ana, () => asEdit({ text: 'second', mentions: [] })));
      const pending = await pendingOf(id);
      const emptied = await store.messages.change(sent, ana, asDeletion);
      await goesOn(pending);
      expect(await store.messages.find(sent.id)).toEqual(emptied);
      expect(await formersOf(store, sent.id)).toEqual([]);
    });

    test('lets nobody in who has left since', async () => {
      const cleo = newId();
      await dies((node) => node.members.change(id, () => asJoining({ userId: cleo, role: 'member' })));
      const pending = await pendingOf(id);
      await store.members.change(id, () => asLeaving(cleo));
      await goesOn(pending);
      expect((await store.members.membership(id))!.roles.has(cleo)).toBe(false);
      expect(await store.members.conversationsOf(cleo)).toEqual([]);
    });

    test('has nothing published twice', async () => {
      await dies((node) => draftOf(store, id, ana).then((draft) => node.messages.append(draft)));
      const pending = await pendingOf(id);
      await relay();
      await goesOn(pending);
      await relay();
      expect(names()).toEqual([events.messageCreated.name]);
    });

    test('leaves nothing in a conversation that is gone', async () => {
      const draft = await draftOf(store, id, ana);
      await dies((node) => node.messages.append(draft));
      const pending = await pendingOf(id);
      await store.conversations.remove(id, asRemoval(id));
      await goesOn(pending);
      expect(await store.messages.find(draft.id)).toBeNull();
    });
  });
});
