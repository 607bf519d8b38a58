import type { User } from '../../contracts/auth/accounts.ts';
import { userUpdated } from '../../contracts/auth/accounts.ts';
import type { Actor } from '../../kernel/context.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { hashSecret, newSecret } from '../../kernel/ids.ts';
import { authorize } from '../../kernel/policy.ts';
import type { AuthParts } from './parts.ts';
import { canBecome, canManage } from './policy.ts';
import type { Account, AccountChange, AuthTransaction } from './ports.ts';
import { ownUser, publicUser } from './present.ts';

/** The account that an admin changes, and the admin's own account as it is now. */
export interface Administered {
  readonly account: Account;
  /** Null: the server's own command line. */
  readonly actor: Actor | null;
}

interface Administration {
  readonly actor: Actor | null;
  readonly userId: string;
  /** Decides the change and applies its side effects. Throws where the actor may not. */
  readonly work: (tx: AuthTransaction, administered: Administered) => Promise<AccountChange> | AccountChange;
}

/** Changes an account as an admin does: allowed, published, and never the team's last owner. */
export async function administer({ store }: Pick<AuthParts, 'store'>, { actor, userId, work }: Administration): Promise<User> {
  const changed = await store.atomically(async (tx) => {
    const { owners, ...administered } = await lockAdministered(tx, actor, userId);
    const after = await tx.accounts.update(userId, await work(tx, administered));
    if (!after) throw notFound();
    authorize(canBecome(after, owners));
    tx.publish(userUpdated, { user: publicUser(after) });
    return after;
  });
  return ownUser(changed);
}

/**
 * Locks the account, the actor and the owners until the transaction ends. What the gateway knows of the actor may be a second
 * old; the role and the session read here are current.
 */
export async function lockAdministered(
  { accounts, sessions }: AuthTransaction,
  actor: Actor | null,
  userId: string,
): Promise<Administered & { readonly owners: readonly string[] }> {
  const locked = await accounts.lockWithOwners(actor ? [userId, actor.userId] : [userId]);
  const current = actor && locked.find(({ id }) => id === actor.userId);
  if (actor && !(current?.active && (await sessions.stands(actor.userId, actor.sessionId)))) throw sessionEnded();
  const account = locked.find(({ id }) => id === userId);
  if (!account) throw notFound();
  const administered = { account, actor: actor && current ? { ...actor, role: current.role } : null };
  authorize(canManage(administered.actor, account));
  return { ...administered, owners: locked.filter(({ role, active }) => role === 'owner' && active).map(({ id }) => id) };
}

/**
 * Compares and locks: the account as it was verified, or null when a password, role or state changed since, or every device
 * was signed out. Everything that opens a session or sets a password calls this in its own transaction.
 */
export async function lockUnchanged({ accounts }: AuthTransaction, verified: Account): Promise<Account | null> {
  const current = await accounts.lock(verified.id);
  return current?.active && current.credentialsRev === verified.credentialsRev ? current : null;
}

export const sessionEnded = (): AppError => new AppError('unauthenticated', { detail: 'The session has ended.' });

const resetLifeSeconds = 3600;

/** A one-time link that sets a new password, the only one of its user; what is stored is its hash. */
export async function makeResetLink(
  { clock, config }: Pick<AuthParts, 'clock' | 'config'>,
  { resets }: AuthTransaction,
  { account, actor }: Administered,
): Promise<{ url: string; expiresIn: number }> {
  const token = newSecret();
  const expiresAt = new Date(clock.now() + resetLifeSeconds * 1000);
  await resets.put({ hash: hashSecret(token), userId: account.id, madeBy: actor?.userId ?? null, subjectRole: account.role, expiresAt });
  return { url: `${config.publicUrl}/reset#${token}`, expiresIn: resetLifeSeconds };
}
