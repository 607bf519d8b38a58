import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { PostgresDeliveries } from './adapters/deliveries/postgres.ts';
import { PostgresEntries } from './adapters/entries/postgres.ts';
import { PostgresInbox } from './adapters/inbox/postgres.ts';
import { PostgresRules } from './adapters/rule-store/postgres.ts';
import { PostgresSubscriptions } from './adapters/subscriptions/postgres.ts';
import { Decider } from './decider.ts';
import type { MessageOccurrence } from './domain/occurrence.ts';
import { PlayedLookups } from './lookups.fixture.ts';
import { PlayedProviders } from './notifications.fixture.ts';
import { Receipts } from './receipts.ts';
import { Sender } from './sender.ts';

let created: TestDatabase;
let database: Database;
beforeAll(async () => {
  created = await createTestDatabase();
  database = created.database();
});
afterAll(() => created.drop());

let now = Date.parse('2026-01-31T12:00:00.000Z');
const clock: Clock = { now: () => now, timestamp: () => new Date(now).toISOString(), monotonic: () => now };
const counter = { add: () => undefined };
const cancelled: Readonly<Record<string, string>>[] = [];

function open() {
  const [lookups, providers] = [new PlayedLookups(), new PlayedProviders()];
  const [inbox, subscriptions] = [new PostgresInbox(database), new PostgresSubscriptions(database)];
  const parts = {
    lookups,
    inbox,
    subscriptions,
    clock,
    logger: silentLogger,
    entries: new PostgresEntries(database),
    rules: new PostgresRules(database),
    deliveries: new PostgresDeliveries(database),
    receipts: new Receipts('a secret of the team that is long enough'),
    answered: counter,
    cancelled: { add: (labels: Readonly<Record<string, string>>) => void cancelled.push(labels) },
    decided: counter,
    channelsOn: () => new Set(['push'] as const),
  };
  const [channel] = providers.channels.push;
  if (!channel) throw new Error('a push channel is played');
  return { ...parts, providers, decider: new Decider(parts), sender: () => new Sender(parts, channel) };
}

type Opened = ReturnType<typeof open>;

/** A direct conversation of two, of whom the second has a device; answers the message that waits. */
async function aMessage({ lookups, inbox, subscriptions }: Opened): Promise<MessageOccurrence> {
  const [senderId, userId, sessionId, conversationId, eventId] = [newId(), newId(), newId(), newId(), newId()];
  lookups.opens(conversationId, 'direct', [senderId, userId]);
  lookups.says(eventId, senderId);
  const target = { kind: 'webpush' as const, endpoint: `https://push.example.net/${userId}`, p256dh: 'B', auth: 'a' };
  await subscriptions.put(
    { id: newId(), userId, sessionId, target, device: 'Phone', language: null },
    { now: clock.timestamp(), atMost: 20 },
  );
  const rest = { text: 'Hello', attachmentName: null, mentions: [], replyTo: null, threadRootId: null, createdAt: clock.timestamp() };
  const occurrence: MessageOccurrence = { kind: 'message', eventId, conversationId, seq: 1, senderId, ...rest };
  await inbox.add([occurrence], clock.timestamp());
  return occurrence;
}

test('a process that dies between sending and marking sends the same once more, under the same tag, and no third time', async () => {
  const opened = open();
  const { eventId } = await aMessage(opened);
  await opened.decider.step();
  opened.providers.before = () => Promise.reject(new Error('the process dies here'));
  await expect(opened.sender().step()).rejects.toThrow('the process dies here');
  opened.providers.before = () => Promise.resolve();
  expect(await opened.sender().step()).toBe(0);
  now += 10_000;
  expect(await opened.sender().step()).toBe(1);
  now += 10_000;
  expect(await opened.sender().step()).toBe(0);
  expect(opened.providers.notes.map(({ note }) => note.eventId)).toEqual([eventId, eventId]);
});

test('a decision that dies is made once more, and an event that comes again is decided once', async () => {
  const opened = open();
  const occurrence = await aMessage(opened);
  opened.lookups.isAway = true;
  await expect(opened.decider.step()).rejects.toThrow('away');
  opened.lookups.isAway = false;
  expect(await opened.decider.step()).toBe(0);
  now += 1_000;
  expect(await opened.decider.step()).toBe(1);
  await opened.inbox.add([occurrence], clock.timestamp());
  expect(await opened.decider.step()).toBe(1);
  await opened.sender().step();
  expect(opened.providers.notes.map(({ note }) => note.eventId)).toEqual([occurrence.eventId]);
});

test('what was read before it is sent is not sent, and counted by channel and rule', async () => {
  const opened = open();
  const { eventId, conversationId } = await aMessage(opened);
  await opened.decider.step();
  for (const { userId } of await database.query<{ userId: string }>(
    'SELECT user_id AS "userId" FROM notifications.deliveries WHERE event_id = $1',
    [eventId],
  )) {
    const member = opened.lookups.member(conversationId, userId);
    if (member) member.lastReadSeq = 1;
  }
  await opened.sender().step();
  expect(opened.providers.notes).toEqual([]);
  expect(cancelled).toEqual([{ channel: 'push', reason: 'read' }]);
});

test('two senders at once share what is due', async () => {
  const opened = open();
  for (let count = 0; count < 30; count++) await aMessage(opened);
  await opened.decider.step();
  await Promise.all([opened.sender().step(), opened.sender().step(), opened.sender().step()]);
  const ids = opened.providers.notes.map(({ note }) => note.eventId);
  expect([ids.length, new Set(ids).size]).toEqual([30, 30]);
});

test('what a service puts off comes again when it says so, and ends with the life of the message', async () => {
  const opened = open();
  await aMessage(opened);
  await opened.decider.step();
  opened.providers.answers = [{ outcome: 'later', detail: '429', retryAfterMs: 60_000 }];
  await opened.sender().step();
  now += 59_999;
  expect(await opened.sender().step()).toBe(0);
  now += 1;
  opened.providers.answers = [{ outcome: 'later', detail: '503', retryAfterMs: 86_400_000 }];
  expect(await opened.sender().step()).toBe(1);
  now += 86_400_000;
  expect(await opened.sender().step()).toBe(0);
  expect(opened.providers.notes).toHaveLength(2);
});
