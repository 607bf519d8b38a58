import type { Message } from '../../../../contracts/chat/messages.ts';
import type { DomainEvent } from '../../../../kernel/bus/bus.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import { keyAllNames } from '../../../../kernel/name-keys.ts';
import type { DocumentDatabase } from '../../../../kernel/document-database.ts';
import type { EventDelivery } from '../../../../kernel/outbox.ts';
import type { Logger } from '../../../../kernel/telemetry/logger.ts';
import type { Metrics } from '../../../../kernel/telemetry/metrics.ts';
import type { ChatStore } from '../../ports.ts';
import { MessageLog } from './message-log.ts';
import { gaugeOfRereading, meterOf } from './meter.ts';
import { MongoOutbox } from './mongo/mongo-outbox.ts';
import { MongoAppends } from './mongo/appends.ts';
import { Changes } from './mongo/changes.ts';
import { collectionsOf, prepare } from './mongo/collections.ts';
import { MongoConversations } from './mongo/conversations.ts';
import { MongoMembers } from './mongo/members.ts';
import { MongoMessages } from './mongo/messages.ts';
import { MongoRelay } from './mongo/relay.ts';
import { MongoRecipients } from './mongo/recipients.ts';
import { Rereading } from './mongo/rereading.ts';
import { MongoSearch } from './mongo/search.ts';
import { PendingWrites } from './mongo/pending-writes.ts';

interface StoreParts {
  readonly mongo: DocumentDatabase;
  readonly delivery: EventDelivery;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly clock: Clock;
  /** The event of a new message; the same for the same message, however often it is made. */
  readonly created: (message: Message) => DomainEvent;
}

interface MongoStore extends ChatStore {
  /** Does at once what else goes on every second. */
  relay(): Promise<void>;
  /** The events of messages that a row of another outbox names. */
  eventsOf(messageIds: readonly string[]): Promise<readonly DomainEvent[]>;
}

/** The store in MongoDB, collections `chat.…`. */
export function mongoStore({ mongo, delivery, metrics, logger, clock, created }: StoreParts): MongoStore {
  const collections = collectionsOf(mongo);
  const pendingWrites = new PendingWrites(collections, logger);
  const outbox = new MongoOutbox({ collections, delivery, clock, logger, created });
  const conflicts = metrics.counter('confab_chat_append_conflicts_total', 'Batches in which another node was faster');
  const appends = new MongoAppends({ collections, pendingWrites, outbox, conflicted: () => conflicts.add({}, 1) });
  const log: MessageLog = new MessageLog(
    appends,
    meterOf(metrics, () => log.depth),
  );
  const changes = new Changes({ collections, pendingWrites, outbox, log });
  const rereading = new Rereading(collections, { clock, logger, left: gaugeOfRereading(metrics) });
  const index = new MongoSearch(collections, logger);
  const relay = new MongoRelay({ pendingWrites, outbox, clock, logger });
  const conversations = new MongoConversations({ collections, pendingWrites, changes });
  const members = new MongoMembers({ collections, pendingWrites, outbox, changes });
  return {
    conversations,
    members,
    owners: members,
    messages: new MongoMessages({ collections, log, changes }),
    index,
    recipients: new MongoRecipients(collections),
    start: async () => {
      await prepare(collections);
      index.start();
      rereading.start();
      void keyAllNames(() => conversations.foldNames(), logger, 'channels');
      if (delivery.relays) relay.start();
    },
    relay: () => relay.pass(),
    eventsOf: (messageIds) => outbox.createdEvents(messageIds),
    stop: async () => {
      await rereading.stop();
      await index.stop();
      await relay.stop();
      await outbox.stop();
      await pendingWrites.stop();
    },
  };
}
