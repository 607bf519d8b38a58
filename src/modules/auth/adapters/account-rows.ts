import type { Role, User } from '../../../contracts/auth/entities.ts';

export interface UserRow extends Record<string, unknown> {
  id: string;
  username: string;
  email: string;
  display_name: string;
  avatar_url: string | null;
  role: Role;
  active: boolean;
  password_hash: string | null;
  created_at: string;
}

/** What everyone may see. */
export const publicUser = (row: UserRow): User => ({
  id: row.id,
  username: row.username,
  displayName: row.display_name,
  avatarUrl: row.avatar_url,
  role: row.role,
  active: row.active,
  createdAt: row.created_at,
});

/** For the person themself and for admins. */
export const ownUser = (row: UserRow): User => ({ ...publicUser(row), email: row.email });
