import type { Role, User } from '../../shared/model.ts';

const rank: Readonly<Record<Role, number>> = { guest: 0, member: 1, admin: 2, owner: 3 };

/** Only an owner may change the accounts of owners and admins. */
export const mayManage = (me: User, subject: User): boolean =>
  me.role === 'owner' || me.id === subject.id || rank[subject.role] < rank.admin;

/** The roles this admin may give. */
export const rolesFor = (me: User): readonly Role[] => (me.role === 'owner' ? ['owner', 'admin', 'member', 'guest'] : ['member', 'guest']);
