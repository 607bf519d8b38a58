import type { Conversation, Member, MemberRole, User } from '../../shared/model.ts';

const isTeamAdmin = (me: User): boolean => me.role === 'owner' || me.role === 'admin';

/** The role by which the server judges: guests of the team have the role guest in every conversation, whatever role is stored. */
export const roleOf = ({ role }: Pick<Conversation, 'role'>, me: Pick<User, 'role'>): MemberRole | null =>
  role !== null && me.role === 'guest' ? 'guest' : role;

/** Name, topic, visibility. */
export function mayChange(conversation: Pick<Conversation, 'kind' | 'role'>, me: User): boolean {
  const role = roleOf(conversation, me);
  return conversation.kind !== 'direct' && (role === 'owner' || role === 'moderator' || isTeamAdmin(me));
}

export const mayDeleteConversation = (conversation: Pick<Conversation, 'kind' | 'role'>, me: User): boolean =>
  conversation.kind !== 'direct' && (roleOf(conversation, me) === 'owner' || isTeamAdmin(me));

export function mayAddMembers(conversation: Pick<Conversation, 'kind' | 'role'>, me: User): boolean {
  const role = roleOf(conversation, me);
  return conversation.kind !== 'direct' && role !== null && role !== 'guest';
}

/** `person`: who gets the role, as far as they are known; guests of the team get none above guest. */
export const mayGiveRole = (conversation: Pick<Conversation, 'kind' | 'role'>, person: User | undefined, me: User): boolean =>
  person?.role !== 'guest' && mayDeleteConversation(conversation, me);

export function mayRemove(conversation: Pick<Conversation, 'kind' | 'role'>, member: Member, me: User): boolean {
  if (conversation.kind === 'direct' || member.userId === me.id) return false;
  const role = roleOf(conversation, me);
  if (role === 'owner' || isTeamAdmin(me)) return true;
  return role === 'moderator' && member.role !== 'owner' && member.role !== 'moderator';
}
