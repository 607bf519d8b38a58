import type { ConversationHead, Member, Message } from '../../contracts/chat/entities.ts';
import * as events from '../../contracts/chat/events.ts';
import type { EventDeclaration, Payload } from '../../contracts/define.ts';
import type { Fact } from '../../kernel/bus/bus.ts';
import type { Transaction } from '../../kernel/database/database.ts';

/** What this module tells the house; a store keeps it with the change that makes it true. */
export interface Announcement {
  readonly event: EventDeclaration;
  readonly payload: unknown;
}

/** A message is created once, so its id is the fact's: told again after a crash, it is the same fact. */
export const messageCreated = (message: Message): Fact => ({ id: message.id, event: events.messageCreated.name, payload: { message } });
export const messageUpdated = (message: Message): Announcement => told(events.messageUpdated, { message });
export const messageEmptied = (message: Message): Announcement => told(events.messageDeleted, { message });

export const reactionsChanged = ({ conversationId, id, rev, reactions }: Message): Announcement =>
  told(events.reactionChanged, { conversationId, messageId: id, rev, reactions });

export const conversationOpened = (conversation: ConversationHead, memberIds: readonly string[]): Announcement =>
  told(events.conversationCreated, { conversation, memberIds: [...memberIds] });

export const conversationUpdated = (conversation: ConversationHead): Announcement => told(events.conversationUpdated, { conversation });

export const conversationRemoved = (conversationId: string, memberIds: readonly string[]): Announcement =>
  told(events.conversationRemoved, { conversationId, memberIds: [...memberIds] });

export const membersJoined = (conversation: ConversationHead, members: readonly Member[]): Announcement =>
  told(events.membersJoined, { conversationId: conversation.id, rev: conversation.rev, members: [...members], conversation });

export const memberLeft = ({ id, rev }: ConversationHead, userId: string): Announcement =>
  told(events.memberLeft, { conversationId: id, rev, userId });

export const memberChanged = ({ id, rev }: ConversationHead, member: Member): Announcement =>
  told(events.memberChanged, { conversationId: id, rev, member });

export const readMoved = (payload: Payload<typeof events.readMoved>): Announcement => told(events.readMoved, payload);
export const muteChanged = (payload: Payload<typeof events.muteChanged>): Announcement => told(events.muteChanged, payload);

/** Stores it with the transaction. */
export function announce(tx: Transaction, { event, payload }: Announcement): void {
  tx.announce(event, payload);
}

const told = <E extends EventDeclaration>(event: E, payload: Payload<E>): Announcement => ({
  event,
  payload,
});
