import type { Conversation, Message, User } from '../../shared/model.ts';
import { roleOf } from '../members/member-rules.ts';

/** What the server would let this person do to a message; the same rules, so that nothing refused is offered. */
export const mayEdit = ({ senderId, deletedAt, kind }: Message, me: User): boolean =>
  senderId === me.id && deletedAt === null && kind === 'text';

export const mayDelete = (message: Message, conversation: Pick<Conversation, 'role'>, me: User): boolean =>
  message.deletedAt === null && message.kind === 'text' && isTheirsToKeep(message, conversation, me);

/** The history of edits is for the sender and for those who moderate. */
export const mayReadEdits = (message: Message, conversation: Pick<Conversation, 'role'>, me: User): boolean =>
  message.editedAt !== null && message.deletedAt === null && isTheirsToKeep(message, conversation, me);

function isTheirsToKeep({ senderId }: Message, conversation: Pick<Conversation, 'role'>, me: User): boolean {
  const role = roleOf(conversation, me);
  return senderId === me.id || role === 'owner' || role === 'moderator' || me.role === 'owner' || me.role === 'admin';
}

/** The newest own message that can still be edited: where the up arrow leads. */
export const lastEditable = (messages: readonly Message[], me: User): Message | undefined =>
  messages.findLast((message) => mayEdit(message, me));
