import type { ConversationHead } from '../../contracts/chat/conversations.ts';
import type { Message } from '../../contracts/chat/messages.ts';
import * as events from '../../contracts/chat/index.ts';
import type { EventDeclaration, Payload } from '../../contracts/define.ts';
import type { DomainEvent } from '../../kernel/bus/bus.ts';
import type { ConversationDraft, ChatEvent, Membership, MembersAfter, OwnSettings } from './ports.ts';

/** A message is created once, so its id is the event's: published again after a crash, it is the same event. */
export const messageCreated = (message: Message): DomainEvent => ({
  id: message.id,
  event: events.messageCreated.name,
  payload: { message },
});
export const messageUpdated = (message: Message): ChatEvent => chatEvent(events.messageUpdated, { message });
export const messageDeleted = (message: Message): ChatEvent => chatEvent(events.messageDeleted, { message });

export const reactionsChanged = ({ conversationId, id, rev, reactions }: Message): ChatEvent =>
  chatEvent(events.reactionChanged, { conversationId, messageId: id, rev, reactions });

export const conversationOpened =
  ({ people }: Pick<ConversationDraft, 'people'>) =>
  (conversation: ConversationHead): ChatEvent =>
    chatEvent(events.conversationCreated, { conversation, memberIds: people.map(({ userId }) => userId) });

export const conversationUpdated = (conversation: ConversationHead): ChatEvent => chatEvent(events.conversationUpdated, { conversation });

export const conversationRemoved = (conversationId: string, { roles }: Pick<Membership, 'roles'>): ChatEvent =>
  chatEvent(events.conversationRemoved, { conversationId, memberIds: [...roles.keys()] });

/** `by`: who brings them in; null: they come by themselves. */
export const membersJoined =
  (by: string | null) =>
  ({ conversation, members }: MembersAfter): ChatEvent =>
    chatEvent(events.membersJoined, { conversationId: conversation.id, rev: conversation.rev, members: [...members], conversation, by });

export const memberLeft =
  (userId: string) =>
  ({ conversation: { id, rev } }: MembersAfter): ChatEvent =>
    chatEvent(events.memberLeft, { conversationId: id, rev, userId });

/** Of a change that gives one member another role. */
export function memberChanged({ conversation: { id, rev }, members: [member] }: MembersAfter): ChatEvent {
  if (!member) throw new Error('No member has another role.');
  return chatEvent(events.memberChanged, { conversationId: id, rev, member });
}

export const readMoved =
  (of: Omit<Payload<typeof events.readMoved>, 'seq'>) =>
  (seq: number): ChatEvent =>
    chatEvent(events.readMoved, { ...of, seq });

export const muteChanged =
  (of: Omit<Payload<typeof events.muteChanged>, 'muted'>) =>
  ({ muted }: OwnSettings): ChatEvent =>
    chatEvent(events.muteChanged, { ...of, muted });

const chatEvent = <E extends EventDeclaration>(event: E, payload: Payload<E>): ChatEvent => ({
  event,
  payload,
});
