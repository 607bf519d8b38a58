import type { Conversation, Message, User } from '../../shared/model.ts';

/** What the server would let this person do to a message; the same rules, so that nothing refused is offered. */
export const mayEdit = ({ senderId, deletedAt, kind }: Message, me: User): boolean =>
  senderId === me.id && deletedAt === null && kind === 'text';

export function mayDelete({ senderId, deletedAt, kind }: Message, { role }: Pick<Conversation, 'role'>, me: User): boolean {
  if (deletedAt !== null || kind !== 'text') return false;
  return senderId === me.id || role === 'owner' || role === 'moderator' || me.role === 'owner' || me.role === 'admin';
}

/** The newest own message that can still be edited: where the up arrow leads. */
export const lastEditable = (messages: readonly Message[], me: User): Message | undefined =>
  messages.findLast((message) => mayEdit(message, me));
