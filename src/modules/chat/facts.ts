import type { ConversationHead, Member, Message } from '../../contracts/chat/entities.ts';
import * as events from '../../contracts/chat/events.ts';
import type { EventDeclaration, Payload } from '../../contracts/define.ts';
import type { Fact } from '../../kernel/bus/bus.ts';
import type { DomainEvent } from './ports.ts';

/** A message is created once, so its id is the event's: published again after a crash, it is the same event. */
export const messageCreated = (message: Message): Fact => ({ id: message.id, event: events.messageCreated.name, payload: { message } });
export const messageUpdated = (message: Message): DomainEvent => domainEvent(events.messageUpdated, { message });
export const messageDeleted = (message: Message): DomainEvent => domainEvent(events.messageDeleted, { message });

export const reactionsChanged = ({ conversationId, id, rev, reactions }: Message): DomainEvent =>
  domainEvent(events.reactionChanged, { conversationId, messageId: id, rev, reactions });

export const conversationOpened = (conversation: ConversationHead, memberIds: readonly string[]): DomainEvent =>
  domainEvent(events.conversationCreated, { conversation, memberIds: [...memberIds] });

export const conversationUpdated = (conversation: ConversationHead): DomainEvent =>
  domainEvent(events.conversationUpdated, { conversation });

export const conversationRemoved = (conversationId: string, memberIds: readonly string[]): DomainEvent =>
  domainEvent(events.conversationRemoved, { conversationId, memberIds: [...memberIds] });

export const membersJoined = (conversation: ConversationHead, members: readonly Member[]): DomainEvent =>
  domainEvent(events.membersJoined, { conversationId: conversation.id, rev: conversation.rev, members: [...members], conversation });

export const memberLeft = ({ id, rev }: ConversationHead, userId: string): DomainEvent =>
  domainEvent(events.memberLeft, { conversationId: id, rev, userId });

export const memberChanged = ({ id, rev }: ConversationHead, member: Member): DomainEvent =>
  domainEvent(events.memberChanged, { conversationId: id, rev, member });

export const readMoved = (payload: Payload<typeof events.readMoved>): DomainEvent => domainEvent(events.readMoved, payload);
export const muteChanged = (payload: Payload<typeof events.muteChanged>): DomainEvent => domainEvent(events.muteChanged, payload);

const domainEvent = <E extends EventDeclaration>(event: E, payload: Payload<E>): DomainEvent => ({
  event,
  payload,
});
