import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { eventually } from '../../../test/harness/eventually.ts';
import { Fcm } from '../../../test/harness/fcm.ts';
import { MailServer } from '../../../test/harness/mail-server.ts';
import { PushService } from '../../../test/harness/push-service.ts';
import type { Actor } from '../../../test/harness/team.ts';
import { OutboundClient } from '../../infra/outbound/outbound-client.ts';
import { type Clock, minutes, systemClock } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { SmtpMailer } from './adapters/mailer/smtp.ts';
import { openStores } from './adapters/open-stores.ts';
import { FcmChannel } from './adapters/push-channel/fcm.ts';
import { vapidSubject } from './adapters/push-channel/vapid.ts';
import { WebPushChannel } from './adapters/push-channel/web-push.ts';
import { newKeyPair } from './adapters/push-keys/postgres.ts';
import { Decider } from './decider.ts';
import { Digest } from './digest.ts';
import { type FcmCredentials, readFcmCredentials } from './domain/fcm-credentials.ts';
import { type MailServer as Address, readMailServer } from './domain/mail-server.ts';
import { mailWriter } from './domain/mails/writer.ts';
import { PlayedLookups } from './lookups.fixture.ts';
import { openNotifiedTeam, subscribes } from './notifications.fixture.ts';
import type { PushTarget } from './ports.ts';
import { Receipts } from './receipts.ts';
import { Sender } from './sender.ts';

const publicUrl = 'https://chat.example.org';
/** More than one batch of a sender. */
const people = 120;
const atOnceAtMost = 100;

let created: TestDatabase;
let push: PushService;
let fcm: Fcm;
let mails: MailServer;
let client: OutboundClient;
let mailer: SmtpMailer;
let opened: ReturnType<typeof open>;
beforeAll(async () => {
  created = await createTestDatabase();
  [push, fcm, mails] = await Promise.all([PushService.open(), Fcm.open(), MailServer.open()]);
  client = new OutboundClient({ allowPrivate: true, answerMs: 2_000 });
  mailer = new SmtpMailer({
    server: readMailServer(mails.url) as Address,
    from: { name: '', address: 'team@example.org' },
    deadlineMs: 2_000,
  });
  opened = open();
});
afterAll(async () => {
  client.close();
  await mailer.stop();
  await Promise.all([push.stop(), fcm.stop(), mails.stop()]);
  await created.drop();
});

let now = Date.parse('2026-01-31T12:00:00.000Z');
const clock: Clock = { now: () => now, timestamp: () => new Date(now).toISOString(), monotonic: () => now };

/** The pipeline with real channels to services of this machine, whose time is that of the test. */
function open() {
  const stores = openStores(created.database());
  const lookups = new PlayedLookups();
  const counter = { add: () => undefined };
  const parts = {
    ...stores,
    lookups,
    clock,
    logger: silentLogger,
    receipts: new Receipts('a secret of the team that is long enough'),
    answered: counter,
    cancelled: counter,
    decided: counter,
    channelsOn: () => new Set(['push', 'fcm', 'mail'] as const),
  };
  const pair = newKeyPair();
  const subject = vapidSubject({ mailFrom: null, publicUrl: 'https://chat.confab.team' });
  const toBrowsers = new WebPushChannel({ client, pair: () => Promise.resolve(pair), subject, publicUrl, clock: systemClock });
  const credentials = readFcmCredentials(fcm.credentials) as FcmCredentials;
  const toApps = new FcmChannel({ credentials, client, publicUrl, clock: systemClock });
  return {
    ...stores,
    lookups,
    decider: new Decider(parts),
    senders: [new Sender(parts, toBrowsers), new Sender(parts, toApps)],
    digest: new Digest({ ...parts, mailer, writer: mailWriter(publicUrl), publicUrl }),
  };
}

/** A direct message to somebody with a browser and an app. */
async function aMessage(): Promise<string> {
  const { lookups, inbox, subscriptions } = opened;
  const [senderId, userId, conversationId, eventId] = [newId(), newId(), newId(), newId()];
  lookups.opens(conversationId, 'direct', [senderId, userId]);
  lookups.says(eventId, senderId);
  const targets: PushTarget[] = [push.subscribe(), { kind: 'fcm', token: fcm.register(), platform: 'android' }];
  for (const target of targets)
    await subscriptions.put(
      { id: newId(), userId, sessionId: newId(), target, device: 'Phone', language: null },
      { now: clock.timestamp(), atMost: 20 },
    );
  const rest = { text: 'Hello', attachmentName: null, mentions: [], replyTo: null, threadRootId: null, createdAt: clock.timestamp() };
  await inbox.add([{ kind: 'message', eventId, conversationId, seq: 1, senderId, ...rest }], clock.timestamp());
  return eventId;
}

/** One after another, until none has anything to do now. What one holds at once is bounded. */
async function works(...workers: readonly { step(): Promise<number> }[]): Promise<void> {
  for (const worker of workers)
    for (let did = await worker.step(); did > 0; did = await worker.step()) expect(did).toBeLessThanOrEqual(atOnceAtMost);
}

async function seconds(count: number, ...workers: readonly { step(): Promise<number> }[]): Promise<void> {
  for (let passed = 0; passed < count; passed += 5) {
    now += 5_000;
    await works(...workers);
  }
}

const sorted = (ids: readonly string[]): string[] => [...ids].sort();

test('services that are away for 30 s lose nothing, and get each notification once within ten seconds of their return', async () => {
  await Promise.all([push.stop(), fcm.stop()]);
  const events: string[] = [];
  for (let count = 0; count < people; count++) events.push(await aMessage());
  await works(opened.decider, ...opened.senders);
  await seconds(30, ...opened.senders);
  expect([push.pushed, fcm.sent]).toEqual([[], []]);
  await Promise.all([push.start(), fcm.start()]);
  await seconds(10, ...opened.senders);
  expect(sorted(push.pushed.map(({ payload }) => String(payload['eventId'])))).toEqual(sorted(events));
  expect(sorted(fcm.sent.map(({ data }) => data?.['eventId'] ?? ''))).toEqual(sorted(events));
  await seconds(60, ...opened.senders);
  expect([push.pushed.length, fcm.sent.length]).toEqual([people, people]);
});

test('a mail server that is away for 30 s loses no mail, and nobody gets one twice', async () => {
  now += minutes(15);
  await mails.stop();
  await works(opened.digest);
  await seconds(30, opened.digest);
  expect(mails.mails).toEqual([]);
  await mails.start();
  await seconds(10, opened.digest);
  expect(new Set(mails.mails.flatMap(({ to }) => to)).size).toBe(people);
  await seconds(60, opened.digest);
  expect(mails.mails).toHaveLength(people);
});

test('messages go on, and are in the centre, while a service says nothing', async () => {
  const { team, providers, close } = await openNotifiedTeam();
  const [ana, boris] = (await team.actors('ana', 'boris')) as [Actor, Actor];
  const { id } = await ana.opens('direct', [boris]);
  await subscribes(boris);
  const speaking = new AbortController();
  const silence = once(speaking.signal, 'abort');
  providers.before = async () => {
    await silence;
  };
  for (let count = 1; count <= 30; count++)
    await ana.api.ok('POST', `/conversations/${id}/messages`, { clientMessageId: randomUUID(), text: `Message ${String(count)}` });
  await eventually(async () => {
    expect(await boris.api.ok('GET', '/notifications')).toMatchObject({ unread: 30 });
  });
  // One batch is under way; what came since waits in the database.
  expect(providers.notes.length).toBeLessThanOrEqual(atOnceAtMost);
  speaking.abort();
  await eventually(() => {
    expect(new Set(providers.notes.map(({ note }) => note.eventId)).size).toBe(30);
  });
  expect(providers.notes).toHaveLength(30);
  await close();
});
