import { chatSettings } from '../../contracts/chat/team-settings.ts';
import { teamCreated } from '../../contracts/auth/team.ts';
import { readUsers, resolveUsernames, userCreated } from '../../contracts/auth/accounts.ts';
import { readPresence } from '../../contracts/presence/statuses.ts';
import type { DocumentDatabase } from '../../kernel/document-database.ts';
import type { Promoted } from '../../promote/promotion.ts';
import { defineModule, type Kernel } from '../../kernel/module.ts';
import { PostgresAttachments } from './adapters/attachments/postgres.ts';
import { PostgresBudgets } from './adapters/budgets/postgres.ts';
import { PostgresDepartures } from './adapters/departures/postgres.ts';
import { assertHome } from './adapters/home.ts';
import { mongoStore } from './adapters/message-store/mongo.ts';
import { messagesSource } from './adapters/message-store/postgres/appends.ts';
import { postgresStore } from './adapters/message-store/postgres.ts';
import type { ChatMove } from './adapters/promote/move.ts';
import { messageCreated } from './events.ts';
import { Memberships } from './memberships.ts';
import { OpenAccounts } from './open-accounts.ts';
import { handlers } from './handlers.ts';
import type { ChatParts } from './parts.ts';
import type { Budgets, ChatStore } from './ports.ts';
import { onEventsMayBeLost } from './subscribers/on-events-may-be-lost.ts';
import { onMembersChanged } from './subscribers/on-members-changed.ts';
import { onTeamCreated } from './subscribers/on-team-created.ts';
import { onUserCreated } from './subscribers/on-user-created.ts';
import { onUserUpdated } from './subscribers/on-user-updated.ts';
import { SearchTurns } from './search-turns.ts';

export { homeAt as chatHomeAt, storeOf as chatStoreOf } from './adapters/home.ts';

/** Conversations and the log of their messages. */
export const chatModule = defineModule({
  name: 'chat',
  needs: {
    calls: [readUsers, resolveUsernames, readPresence],
    kernel: ['bus', 'settings', 'clock', 'database', 'mongo', 'outbox', 'metrics', 'logger'],
    host: ['throttling'],
  },
  subscribers: [
    { event: teamCreated, subscriber: 'chat.on-team-created' },
    { event: userCreated, subscriber: 'chat.on-user-created' },
  ],
  create({ bus, settings, clock, database, mongo, outbox, metrics, logger }, { throttling }) {
    const store = mongo
      ? storeIn(mongo, { outbox, metrics, logger, clock })
      : postgresStore({ database, outbox, metrics, logger, created: messageCreated });
    const parts: ChatParts = {
      ...store,
      bus,
      settings,
      clock,
      memberships: new Memberships(store.members),
      searches: new SearchTurns(),
      accounts: new OpenAccounts(bus),
      departures: new PostgresDepartures(database),
      attachments: new PostgresAttachments(database),
      budgets: throttling === 'on' ? new PostgresBudgets(database, () => settings.of(chatSettings).openingsPerHour) : unbounded,
    };
    return {
      implements: handlers.map((handler) => handler(parts)),
      subscriptions: [
        onTeamCreated(parts),
        onUserCreated(parts),
        ...onMembersChanged(parts),
        onUserUpdated(parts),
        onEventsMayBeLost(parts),
      ],
      start: async () => {
        await assertHome(database, mongo);
        await store.start();
      },
      stop: () => store.stop(),
    };
  },
});

const unbounded: Budgets = { spend: () => Promise.resolve() };

/** Messages of a team that moved to MongoDB may wait to be published in the outbox that it left. */
function storeIn(mongo: DocumentDatabase, { outbox, ...parts }: Pick<Kernel, 'outbox' | 'metrics' | 'logger' | 'clock'>): ChatStore {
  const store = mongoStore({ mongo, delivery: outbox, created: messageCreated, ...parts });
  outbox.expand(messagesSource, (body) => store.eventsOf((body as { ids: string[] }).ids));
  return store;
}

/** See `promote/move.ts`, which is loaded with the MongoDB driver only where a team moves. */
export async function moveChat(move: ChatMove): Promise<Promoted> {
  return (await import('./adapters/promote/move.ts')).moveChat(move);
}
