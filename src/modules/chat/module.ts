import { z } from 'zod';
import { teamCreated, userCreated } from '../../contracts/auth/events.ts';
import { readUsers, resolveUsernames } from '../../contracts/auth/operations.ts';
import { conversationRemoved, conversationUpdated, memberChanged, memberLeft, membersJoined } from '../../contracts/chat/events.ts';
import { newsMissed } from '../../contracts/nodes/events.ts';
import { listen, type Subscription } from '../../kernel/bus/bus.ts';
import { defineModule } from '../../kernel/module.ts';
import { assertHome } from './adapters/home.ts';
import { mongoStore } from './adapters/message-store/mongo.ts';
import { postgresStore } from './adapters/message-store/postgres.ts';
import { Memberships } from './memberships.ts';
import { handlers } from './operations.ts';
import type { ChatParts } from './parts.ts';
import { onTeamCreated } from './reactions/on-team-created.ts';
import { onUserCreated } from './reactions/on-user-created.ts';

/** Conversations and the log of their messages. */
export const chatModule = defineModule({
  name: 'chat',
  config: z.object({}),
  needs: { calls: [readUsers, resolveUsernames] },
  reactions: [
    { event: teamCreated, subscriber: 'chat.on-team-created' },
    { event: userCreated, subscriber: 'chat.on-user-created' },
  ],
  create({ bus, settings, clock, database, mongo, outbox, metrics, logger }) {
    const store = mongo
      ? mongoStore({ mongo, carrier: outbox, metrics, logger, clock })
      : postgresStore({ database, outbox, metrics, logger });
    const parts: ChatParts = { ...store, bus, settings, clock, memberships: new Memberships(store.members) };
    return {
      implements: handlers.map((handler) => handler(parts)),
      hears: [onTeamCreated(parts), onUserCreated(parts), ...forgetting(parts.memberships)],
      start: async () => {
        await assertHome(database, mongo ? 'mongodb' : 'postgresql');
        await store.start();
      },
      stop: () => store.stop(),
    };
  },
});

/** Memberships in memory are read again after every change of who may do what. */
const forgetting = (memberships: Memberships): Subscription[] => [
  ...[membersJoined, memberLeft, memberChanged, conversationRemoved].map((event) =>
    listen(event, 'chat.memberships', ({ payload }) => {
      memberships.forget((payload as { conversationId: string }).conversationId);
    }),
  ),
  listen(conversationUpdated, 'chat.memberships', ({ payload: { conversation } }) => {
    memberships.forget(conversation.id);
  }),
  listen(newsMissed, 'chat.memberships', () => {
    memberships.forgetAll();
  }),
];
