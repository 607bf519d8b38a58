import type { Message } from '../../../../contracts/chat/messages.ts';
import type { DomainEvent } from '../../../../kernel/bus/bus.ts';
import type { Database } from '../../../../kernel/database.ts';
import { keyAllNames } from '../../../../kernel/name-keys.ts';
import type { Outbox } from '../../../../kernel/outbox.ts';
import type { Logger } from '../../../../kernel/telemetry/logger.ts';
import type { Metrics } from '../../../../kernel/telemetry/metrics.ts';
import type { ChatStore } from '../../ports.ts';
import { MessageLog } from './message-log.ts';
import { meterOf } from './meter.ts';
import { PostgresAppends } from './postgres/appends.ts';
import { Changes } from './postgres/changes.ts';
import { PostgresConversations } from './postgres/conversations.ts';
import { PostgresMembers } from './postgres/members.ts';
import { PostgresMessages } from './postgres/messages.ts';
import { PostgresRecipients } from './postgres/recipients.ts';
import { PostgresSearch } from './postgres/search.ts';
import { WriteRate } from './write-rate.ts';

interface StoreParts {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** The event of a new message; the same for the same message, however often it is made. */
  readonly created: (message: Message) => DomainEvent;
}

/** The store in PostgreSQL, schema `chat`. */
export function postgresStore({ database, outbox, metrics, logger, created }: StoreParts): ChatStore {
  const rate = new WriteRate(meterOf(metrics, () => log.depth));
  const log: MessageLog = new MessageLog(new PostgresAppends(database, outbox, created), rate);
  const changes = new Changes(database, log);
  const index = new PostgresSearch({ database, logger, metrics, writeLoad: () => rate.load });
  const conversations = new PostgresConversations(database, changes);
  const members = new PostgresMembers(database, changes);
  return {
    conversations,
    members,
    owners: members,
    messages: new PostgresMessages(database, log, changes),
    index,
    recipients: new PostgresRecipients(database),
    // Its tables are made by migrations.
    start: () => {
      index.start();
      void keyAllNames(() => conversations.keyNames(), logger, 'channels');
      return Promise.resolve();
    },
    stop: () => index.stop(),
  };
}
