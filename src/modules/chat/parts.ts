import type { Conversation } from '../../contracts/chat/conversations.ts';
import type { Message } from '../../contracts/chat/messages.ts';
import type { BusCaller } from '../../kernel/bus/bus.ts';
import type { Clock } from '../../kernel/clock.ts';
import { notFound } from '../../kernel/errors.ts';
import type { LiveSettings } from '../../kernel/settings.ts';
import type { Memberships } from './memberships.ts';
import type { OpenAccounts } from './open-accounts.ts';
import type { Attachments, Budgets, ChatStore, Departures } from './ports.ts';
import type { SearchTurns } from './search-turns.ts';
import { presentConversation } from './present.ts';

/** What the operations of this module depend on. */
export interface ChatParts extends ChatStore {
  readonly bus: BusCaller;
  readonly settings: LiveSettings;
  readonly clock: Clock;
  readonly memberships: Memberships;
  readonly budgets: Budgets;
  readonly departures: Departures;
  readonly attachments: Attachments;
  readonly searches: SearchTurns;
  readonly accounts: OpenAccounts;
}

/** A message this person may read; the answer is the same for an unknown one and for one of others. */
export async function readableMessage({ messages, memberships }: ChatParts, messageId: string, userId: string): Promise<Message> {
  const message = await messages.find(messageId);
  if (!message) throw notFound();
  await memberships.require(message.conversationId, userId);
  return message;
}

const membersShown = 1_000;

/** A conversation with its members (the first 1,000) as one of them has it. */
export async function readOwn({ conversations, members }: ChatParts, conversationId: string, userId: string): Promise<Conversation> {
  const [own, people] = await Promise.all([
    conversations.findOwn(userId, conversationId),
    members.page(conversationId, { after: null, limit: membersShown }),
  ]);
  if (!own) throw notFound();
  return presentConversation(own, people);
}
