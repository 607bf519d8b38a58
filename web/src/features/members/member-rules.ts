import type { Conversation, Member, User } from '../../shared/model.ts';

const isTeamAdmin = (me: User): boolean => me.role === 'owner' || me.role === 'admin';

/** Name, topic, visibility. */
export const mayChange = ({ kind, role }: Pick<Conversation, 'kind' | 'role'>, me: User): boolean =>
  kind !== 'direct' && (role === 'owner' || role === 'moderator' || isTeamAdmin(me));

export const mayDeleteConversation = ({ kind, role }: Pick<Conversation, 'kind' | 'role'>, me: User): boolean =>
  kind !== 'direct' && (role === 'owner' || isTeamAdmin(me));

export const mayAddMembers = ({ kind, role }: Pick<Conversation, 'kind' | 'role'>): boolean =>
  kind !== 'direct' && role !== null && role !== 'guest';

export const mayGiveRoles = mayDeleteConversation;

export function mayRemove({ kind, role }: Pick<Conversation, 'kind' | 'role'>, member: Member, me: User): boolean {
  if (kind === 'direct' || member.userId === me.id) return false;
  if (role === 'owner' || isTeamAdmin(me)) return true;
  return role === 'moderator' && member.role !== 'owner' && member.role !== 'moderator';
}
