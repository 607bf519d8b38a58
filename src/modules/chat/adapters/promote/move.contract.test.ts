import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import { createTestMongo, type TestMongo } from '../../../../../test/harness/mongo.ts';
import { CutWire } from '../../../../../test/harness/cut-wire.ts';
import { wholeAnswer } from '../../../../../test/harness/whole-answer.ts';
import { requireService } from '../../../../../test/harness/services.ts';
import { type DomainEvent, onLive } from '../../../../kernel/bus/bus.ts';
import { MemoryBus } from '../../../../infra/memory/memory-bus.ts';
import { MemoryDeliveries } from '../../../../infra/memory/memory-deliveries.ts';
import { systemClock } from '../../../../kernel/clock.ts';
import { MongoDatabase } from '../../../../infra/mongo/mongo-database.ts';
import type { Promoted } from '../../../../promote/promotion.ts';
import { newId } from '../../../../kernel/ids.ts';
import { silentLogger } from '../../../../kernel/telemetry/logger.ts';
import { createMetrics } from '../../../../infra/telemetry/prometheus-metrics.ts';
import * as events from '../../../../contracts/chat/messages.ts';
import { databaseWithOutbox } from '../../chat.fixture.ts';
import { messageCreated } from '../../events.ts';
import { conversationDraft } from '../../domain/conversations.ts';
import { queryOf } from '../../domain/terms.ts';
import { chatModule } from '../../module.ts';
import type { ChatStore } from '../../ports.ts';
import { homeAt } from '../home.ts';
import { collectionsOf } from '../message-store/mongo/collections.ts';
import { mongoStore } from '../message-store/mongo.ts';
import { postgresStore } from '../message-store/postgres.ts';
import { recountReplies } from '../../replies.ts';
import {
  asDeletion,
  asEdit,
  asJoining,
  asLeaving,
  asReactions,
  asRemoval,
  asRole,
  markRead,
  setMuted,
} from '../message-store/suite/changes.ts';
import { at, created, draftOf, formersOf, logOf, opened, said } from '../message-store/suite/store-under-test.ts';
import { type ChatMove, moveChat } from './move.ts';

requireService('mongodb').describe('a move of conversations from PostgreSQL to MongoDB', (mongoUrl) => {
  let made: TestDatabase;
  let server: TestMongo;
  let node: ReturnType<typeof databaseWithOutbox>;
  let from: ChatStore;
  let received: DomainEvent[];
  const ends: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    made = await createTestDatabase();
    server = createTestMongo(mongoUrl);
    received = [];
    node = connect();
    from = postgresStore({ ...node, metrics: createMetrics(), logger: silentLogger, created: messageCreated });
  });
  afterEach(async () => {
    await from.stop();
    for (const end of ends.splice(0).reverse()) await end();
    await made.drop();
    await server.drop();
  });

  function connect() {
    const deliveries = new MemoryDeliveries();
    const bus = new MemoryBus({ deliveries, logger: silentLogger, strict: true });
    bus.subscribe(onLive(events.messageCreated, 'suite', (event) => void received.push(event)));
    const parts = { ...databaseWithOutbox(made.url, { bus, deliveries }), bus };
    ends.push(async () => {
      await parts.outbox.drained();
      await parts.database.close();
    });
    return parts;
  }

  async function open(): Promise<MongoDatabase> {
    const mongo = await server.open();
    ends.push(() => mongo.close());
    return mongo;
  }

  const nobody = { hold: () => Promise.resolve(), release: () => Promise.resolve() };

  async function move(more: Partial<ChatMove> = {}): Promise<Promoted> {
    return moveChat({
      sourceUrl: made.url,
      mongo: await open(),
      targetUrl: server.url,
      migrations: join(process.cwd(), 'prisma', 'migrations'),
      writers: nobody,
      logger: silentLogger,
      print: () => undefined,
      ...more,
    });
  }

  async function arrived(): Promise<ChatStore> {
    const store = mongoStore({
      mongo: await open(),
      delivery: node.outbox,
      clock: systemClock,
      metrics: createMetrics(),
      logger: silentLogger,
      created: messageCreated,
    });
    await store.start();
    ends.push(() => store.stop());
    return store;
  }

  const [ana, boris, clara] = [newId(), newId(), newId()];

  /** Everything that a store can be asked about what these people have. */
  async function everythingIn(store: ChatStore): Promise<unknown> {
    await store.index.catchUp();
    const of = async (userId: string) => {
      const own = [...(await store.conversations.listOwn(userId, { before: null, limit: 10_000 }))].sort((a, b) =>
        a.head.id < b.head.id ? -1 : 1,
      );
      const inside = await Promise.all(
        own.map(async ({ head: { id } }) => {
          const messages = await logOf(store, id);
          const edited = messages.filter(({ editedAt }) => editedAt);
          return {
            messages,
            edits: await Promise.all(edited.map((message) => formersOf(store, message.id))),
            members: await store.members.page(id, { after: null, limit: 100 }),
            membership: await store.members.membership(id),
            own: await store.conversations.findOwn(userId, id),
          };
        }),
      );
      const list = await store.conversations.listOwn(userId, { before: null, limit: 100 });
      const { messages: found } = await wholeAnswer(() => store.index.search(userId, { ...queryOf('giraffes'), limit: 100 }));
      return { own, inside, list, found, browsed: await store.conversations.browse(userId, { query: 'ge', after: null, limit: 10 }) };
    };
    const slot = await store.conversations.findUnique({ slot: 'general' });
    return { people: await Promise.all([ana, boris, clara].map(of)), slot, count: await store.conversations.count() };
  }

  /** A team with every kind of conversation, member, message and change. */
  async function fill() {
    const people = [ana, boris, clara].map((userId) => ({ userId, role: 'member' as const }));
    const general = await created(
      from,
      conversationDraft({ kind: 'channel', name: 'General', topic: 'все', slot: 'general', people, createdBy: ana, createdAt: at }),
    );
    await created(from, conversationDraft({ kind: 'direct', people: people.slice(0, 2), createdBy: ana, createdAt: at }));
    const group = await opened(from, ana, boris, clara);
    const root = await said(from, group, ana, { text: 'a giraffe, and Ёжик' });
    const reply = await said(from, group, boris, { threadRootId: root.id, replyTo: root.id, mentions: [clara] });
    await recountReplies(from.messages, root);
    for (const text of ['once', 'twice']) await from.messages.change(reply, boris, () => asEdit({ text, mentions: [clara, ana] }));
    await from.messages.change(root, clara, () => asReactions([{ emoji: '👍', userIds: [clara, ana] }]));
    const gone = await said(from, group, clara, { text: 'regretted giraffe' });
    await from.messages.change(gone, clara, () => asEdit({ text: 'edited giraffe', mentions: [] }));
    await from.messages.change(gone, clara, asDeletion);
    await markRead(from, { conversationId: group, userId: ana }, 2);
    await setMuted(from, general, boris);
    await from.members.change(general, () => asLeaving(clara));
    await from.members.change(group, () => asRole(boris, 'moderator'));
    return { general, group, root, reply };
  }

  const write = (conversationId: string, count: number) =>
    Promise.all(Array.from({ length: count }, (_, n) => said(from, conversationId, n % 2 ? ana : boris, { text: `line ${String(n)}` })));

  test('takes everything along, proves it, and goes on from there', async () => {
    const { group, root } = await fill();
    const before = await everythingIn(from);
    const draft = await draftOf(from, group, boris, { text: 'sent twice' });
    const sent = await from.messages.append(draft);
    const whole = await everythingIn(from);
    expect(whole).not.toEqual(before);
    const { tables } = await move();
    expect(tables.map(({ table, source }) => [table, source.rows])).toEqual([
      ['chat.conversations', 3],
      ['chat.members', 7],
      ['chat.messages', 4],
      ['chat.edits', 2],
    ]);
    for (const { source, target } of tables) expect(target).toEqual(source);
    const to = await arrived();
    expect(await everythingIn(to)).toEqual(whole);
    expect(await to.messages.append({ ...draft, id: newId() })).toEqual(sent);
    expect(await said(to, group, clara)).toMatchObject({ seq: sent.seq + 1, rev: sent.rev + 1 });
    expect(await to.messages.change(root, ana, () => asEdit({ text: 'later', mentions: [] }))).toMatchObject({ text: 'later' });
    expect(await formersOf(to, root.id)).toMatchObject([{ text: 'a giraffe, and Ёжик' }]);
    expect(await homeAt(made.url)).toMatchObject({ store: 'mongodb', url: server.url });
  });

  test('goes on from where it was cut, and follows what changed, came and went meanwhile', async () => {
    const { general, group, root, reply } = await fill();
    await write(group, 3_000);
    const doomed = await created(
      from,
      conversationDraft({ kind: 'channel', name: 'doomed', slot: 'only one', people: [], createdBy: ana, createdAt: at }),
    );
    await write(doomed, 5);
    await expect(move({ writers: { ...nobody, hold: () => Promise.reject(new Error('cut')) } })).rejects.toThrow('cut');

    await from.conversations.remove(doomed, asRemoval(doomed));
    await created(from, conversationDraft({ kind: 'channel', name: 'heir', slot: 'only one', people: [], createdBy: ana, createdAt: at }));
    await from.messages.change(reply, boris, asDeletion);
    const lines: string[] = [];
    const meanwhile = async () => {
      await write(group, 50);
      await from.messages.change(root, ana, () => asReactions([]));
      await markRead(from, { conversationId: group, userId: clara }, 1_000);
      await setMuted(from, general, ana);
      await from.members.change(group, () => asLeaving(boris));
      await from.members.change(general, () => asJoining({ userId: clara, role: 'guest' }));
    };
    const { tables, copiedRows } = await move({ print: (line) => lines.push(line), writers: { ...nobody, hold: meanwhile } });
    expect(copiedRows).toBe(1);
    expect(lines).toEqual(['copied 1 messages', 'writes are held']);
    for (const { source, target } of tables) expect(target).toEqual(source);
    const to = await arrived();
    expect(await everythingIn(to)).toEqual(await everythingIn(from));
    expect(await to.conversations.heads([doomed])).toEqual(new Map());
  });

  test('waits for a MongoDB that goes away in the middle, and says so', async () => {
    const { group } = await fill();
    await write(group, 3_000);
    const wire = await CutWire.to(server.url);
    const mongo = await MongoDatabase.connect(wire.url, silentLogger, { isPatient: true });
    ends.push(() => wire.close());
    ends.push(() => mongo.close());
    const lines: string[] = [];
    const print = (line: string): void => {
      lines.push(line);
      wire.mend();
    };
    wire.cutAfter(300_000);
    const { tables } = await move({ mongo, print });
    expect(lines).toEqual([
      expect.stringMatching(/^MongoDB does not answer \(.+\): it is tried again in 1 s$/),
      expect.stringMatching(/^copied \d+ messages$/),
      'writes are held',
    ]);
    for (const { source, target } of tables) expect(target).toEqual(source);
    expect(await everythingIn(await arrived())).toEqual(await everythingIn(from));
  });

  test('finds and mends what differs there, on either side of the hold, and refuses what it cannot', async () => {
    const { group } = await fill();
    await write(group, 2_500);
    const cut = move({ writers: { ...nobody, hold: () => Promise.reject(new Error('cut')) } });
    await expect(cut).rejects.toThrow('cut');
    const { messages, edits, members } = collectionsOf(await open());
    const gone = (await messages.findOne({ conversationId: group, seq: 1_700 }))!;
    await messages.remove({ _id: gone._id });
    await messages.add({ ...gone, _id: newId() });
    const former = (await edits.findOne({}))!;
    await edits.add({ ...former, _id: `${former.messageId}:0`, rev: 0 });
    await messages.update({ conversationId: group, seq: 12 }, { $set: { text: 'tampered with' } });
    await edits.updateAll({}, { $set: { text: 'tampered with' } });
    await members.updateAll({}, { $set: { muted: true } });
    const stray = { ...(await messages.findOne({ conversationId: group, seq: 13 }))!, _id: newId(), seq: 9_000_000, sendKey: 'stray' };
    const adding = move({
      writers: {
        ...nobody,
        hold: async () => {
          await messages.add(stray);
        },
      },
    });
    await expect(adding).rejects.toThrow('The copy of chat.messages differs. Nothing was moved');
    await said(from, group, ana, { text: 'still here' });
    await messages.remove({ _id: stray._id });
    await move();
    expect(await everythingIn(await arrived())).toEqual(await everythingIn(from));
  });

  test('leaves nobody who writes to PostgreSQL behind, also one that waited', async () => {
    const { group } = await fill();
    const before = (await from.messages.page(group, { before: null }, { limit: 1, bytes: 1 })).items[0]!.seq;
    let late: Promise<unknown> = Promise.resolve();
    const draft = await draftOf(from, group, ana);
    await move({
      print: (line) => {
        if (line === 'writes are held') late = from.messages.append(draft).catch((error: unknown) => error);
      },
    });
    const outcome = await late;
    const to = await arrived();
    const [last] = (await to.messages.page(group, { before: null }, { limit: 1, bytes: 1 })).items;
    // It came before the lock, and moved, or was refused: never lost.
    if (outcome instanceof Error) expect([outcome, last!.seq]).toMatchObject([{ code: 'unavailable' }, before]);
    else expect(last).toEqual(outcome);
    await expect(said(from, group, ana)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(setMuted(from, group, ana)).rejects.toMatchObject({ code: 'unavailable' });
    await node.database.query('UPDATE kernel.settings SET value = value');
    await expect(move()).rejects.toThrow('the database holds a team: name an empty one');
  });

  test('publishes from the new store what waited in the outbox of the old one', async () => {
    const { group } = await fill();
    node.outbox.committed = () => undefined;
    const message = await said(from, group, ana, { text: 'said at the last moment' });
    await move();
    const next = connect();
    const module = await chatModule.create(
      {
        ...next,
        mongo: await open(),
        clock: systemClock,
        metrics: createMetrics(),
        logger: silentLogger,
        created: messageCreated,
      } as never,
      { throttling: 'off' },
    );
    await module.start?.();
    await next.database.query('UPDATE kernel.outbox SET claimed_until = NULL');
    received.length = 0;
    await next.outbox.relay();
    await next.outbox.drained();
    expect(received.map(({ payload }) => payload)).toEqual([{ message }]);
    expect(await next.database.query('SELECT FROM kernel.outbox')).toEqual([]);
    await module.stop?.();
  });

  test('is refused where something is already', async () => {
    await fill();
    await collectionsOf(await open()).conversations.updateAll({}, { $set: { rev: 1 } });
    const store = await arrived();
    await opened(store, ana);
    await expect(move()).rejects.toThrow(
      'The team cannot move there:\n  the database is not empty (chat.conversations, chat.members, chat.outbox, chat.rereading)',
    );
  });
});
