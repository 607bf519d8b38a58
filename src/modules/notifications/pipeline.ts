import { seconds } from '../../kernel/clock.ts';
import type { HostValues, Kernel, Module } from '../../kernel/module.ts';
import { Batched } from './batched.ts';
import { type Channels, channelsOn } from './channels.ts';
import { Decider, readEvent } from './decider.ts';
import { Digest } from './digest.ts';
import { BusLookups } from './lookups.ts';
import { handlers, routeHandlers } from './handlers.ts';
import { Measuring } from './measuring.ts';
import type { NotificationsParts } from './parts.ts';
import { Receipts } from './receipts.ts';
import { alarmQueue } from './alarms.ts';
import { retentionQueue } from './retention.ts';
import { Sender } from './sender.ts';
import { staleQueue } from './stale.ts';
import type { ReadMark, Stores } from './store-ports.ts';
import { onMembersJoined } from './subscribers/on-members-joined.ts';
import { onConversationRemoved, onMemberLeft, onSessionsRevoked, onUserDisabled } from './subscribers/on-access-lost.ts';
import { onMessageCreated, onMessageDeleted, onMessageUpdated } from './subscribers/on-messages.ts';
import { onSecurityNoted } from './subscribers/on-security-noted.ts';
import { onReadMoved } from './subscribers/on-read-moved.ts';
import { Traffic } from './traffic.ts';
import { Worker } from './worker.ts';

/** Another process may have stored what is to be decided or sent: it wakes nobody here. */
const lookEveryMs = seconds(1);
const mailsEveryMs = seconds(20);
const batchAtMost = 500;

type Needed = Pick<Kernel, 'bus' | 'clock' | 'logger' | 'metrics' | 'settings'>;

/** Inbox → decider → senders, with the operations and subscribers around them. */
export function moduleOf(
  kernel: Needed,
  { secret, publicUrl, allowsPrivate }: Pick<HostValues, 'secret' | 'publicUrl'> & { readonly allowsPrivate: boolean },
  { stores, channels }: { readonly stores: Stores; readonly channels: Channels },
): Module {
  const { clock, logger, metrics } = kernel;
  const traffic = new Traffic(clock);
  const parts = partsOf(kernel, {
    stores,
    secret,
    allowsPrivate,
    channels,
    arrived: (count) => arrived(count),
    restsMs: () => traffic.restsMs,
  });
  const { decided, answered, cancelled } = countersOf(metrics);
  const sending = { ...parts, logger, answered, cancelled };
  const decider = new Decider({ ...parts, logger, decided, channelsOn: () => channelsOn(channels) });
  const restsTimes = (): number => traffic.restsTimes;
  const senders = channels.push.map((channel) => worker(() => new Sender(sending, channel).step(), lookEveryMs));
  const { mail } = channels;
  const digest = mail && new Digest({ ...sending, ...mail, publicUrl });
  const mailing = digest === null ? [] : [worker(() => (mail?.mailer.off === null ? digest.step() : Promise.resolve(0)), mailsEveryMs)];
  const deciding = worker(async () => {
    const count = await decider.step();
    if (count > 0) for (const sender of [...senders, ...mailing]) sender.wake();
    return count;
  }, lookEveryMs);
  const workers = [deciding, ...senders, ...mailing];

  function worker(step: () => Promise<number>, idleMs: number): Worker {
    return new Worker({ step, clock, restsTimes, idleMs });
  }
  function arrived(count: number): void {
    traffic.add(count);
    deciding.wake();
  }
  return {
    implements: handlers.map((handler) => handler(parts)),
    routes: routeHandlers.map((handler) => handler(parts)),
    subscriptions: subscriptionsOf(parts),
    jobs: [retentionQueue({ ...parts, settings: kernel.settings, logger }), staleQueue({ ...parts, logger }), alarmQueue(parts)],
    start: () => {
      for (const one of workers) one.start();
    },
    stop: async () => {
      await Promise.all(workers.map((one) => one.stop()));
    },
  };
}

const countersOf = (metrics: Needed['metrics']) => ({
  decided: metrics.counter('confab_notifications_decided_total', 'People by what was decided: notified, or the rule that held it back', [
    'reason',
  ]),
  answered: metrics.counter('confab_notifications_sent_total', 'Deliveries by channel and by what the service said', [
    'channel',
    'outcome',
  ]),
  cancelled: metrics.counter('confab_notifications_cancelled_total', 'Deliveries that were due and not sent, by channel and rule', [
    'channel',
    'reason',
  ]),
});

function partsOf(
  { bus, clock }: Needed,
  {
    stores,
    secret,
    allowsPrivate,
    channels,
    arrived,
    restsMs,
  }: {
    stores: Stores;
    secret: string;
    allowsPrivate: boolean;
    channels: Channels;
    arrived: (count: number) => void;
    restsMs: () => number;
  },
): NotificationsParts {
  const { inbox, entries } = stores;
  return {
    bus,
    clock,
    ...stores,
    channels,
    measuring: new Measuring({ figures: stores.figures, channels, clock }),
    allowsPrivate,
    lookups: new BusLookups(bus),
    receipts: new Receipts(secret),
    arrivals: new Batched({
      atMost: batchAtMost,
      restsMs,
      write: async (occurrences) => {
        await inbox.add(occurrences, clock.timestamp());
        arrived(occurrences.length);
      },
    }),
    reads: new Batched({ atMost: batchAtMost, restsMs, write: (marks) => entries.read(furthest(marks), clock.timestamp(), readEvent) }),
  };
}

/** One mark for each person and conversation, in one order everywhere, so that two at once do not deadlock. */
function furthest(marks: readonly ReadMark[]): ReadMark[] {
  const found = new Map<string, ReadMark>();
  for (const mark of marks) {
    const key = `${mark.userId}:${mark.conversationId}`;
    if ((found.get(key)?.seq ?? -1) < mark.seq) found.set(key, mark);
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, mark]) => mark);
}

const subscriptionsOf = (parts: NotificationsParts) => [
  onMessageCreated(parts),
  onMessageUpdated(parts),
  onMessageDeleted(parts),
  onReadMoved(parts),
  onMembersJoined(parts),
  onSecurityNoted(parts),
  onMemberLeft(parts),
  onConversationRemoved(parts),
  onUserDisabled(parts),
  onSessionsRevoked(parts),
];
