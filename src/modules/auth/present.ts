import type { Invite, ListedInvite } from '../../contracts/auth/invites.ts';
import type { Session } from '../../contracts/auth/sessions.ts';
import type { User } from '../../contracts/auth/accounts.ts';
import type { Actor } from '../../kernel/context.ts';
import { shownEmail } from '../../kernel/network.ts';
import { seesEmailOf } from './policy.ts';
import type { Account, StoredInvite, StoredSession } from './ports.ts';

/** What everyone may see of an account. */
export const publicUser = (account: Account): User => ({
  id: account.id,
  username: account.username,
  displayName: account.displayName,
  avatarUrl: account.avatarUrl,
  role: account.role,
  active: account.active,
  createdAt: account.createdAt.toISOString(),
});

/** For the person themself and for admins. */
export const ownUser = (account: Account): User => ({ ...publicUser(account), email: shownEmail(account.email) });

export const userFor = (actor: Actor | null, account: Account): User =>
  seesEmailOf(actor, account.id) ? ownUser(account) : publicUser(account);

export const presentSession = (session: StoredSession, currentId: string): Session => ({
  id: session.id,
  current: session.id === currentId,
  device: session.device,
  address: session.address,
  createdAt: session.createdAt.toISOString(),
  lastUsedAt: session.lastUsedAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  ...(session.replayed ? { alsoUsed: { ...session.replayed, at: session.replayed.at.toISOString() } } : {}),
});

/** Links lead to the configured origin, never to what a request calls the host. */
export const presentInvite = (invite: StoredInvite, publicUrl: string): Invite => ({
  code: invite.code,
  url: `${publicUrl}/invite/${invite.code}`,
  role: invite.role,
  maxUses: invite.maxUses,
  uses: invite.uses,
  conversationIds: [...invite.conversationIds],
  createdBy: invite.createdBy,
  createdAt: invite.createdAt.toISOString(),
  expiresAt: invite.expiresAt?.toISOString() ?? null,
});

/** The invite without its code, for those who may not make one like it. */
export function withoutCode(invite: StoredInvite): ListedInvite {
  const { code: _code, url: _url, ...rest } = presentInvite(invite, '');
  return rest;
}
