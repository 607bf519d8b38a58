import type { User } from '../../contracts/auth/entities.ts';
import { userUpdated } from '../../contracts/auth/events.ts';
import type { Actor } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { hashSecret, newSecret } from '../../kernel/ids.ts';
import type { AuthParts } from './parts.ts';
import { requireMayManage, requireOwnerLeft } from './policy.ts';
import type { Account, AccountChange, AuthTransaction } from './ports.ts';
import { ownUser, publicUser } from './present.ts';

interface Administration {
  readonly actor: Actor | null;
  readonly userId: string;
  /** Decides what changes, and does what goes with it. Throws where the actor may not. */
  readonly work: (tx: AuthTransaction, account: Account) => Promise<AccountChange> | AccountChange;
}

/** Changes an account as an admin does: allowed, announced, and never the team's last owner. */
export async function administer({ store }: Pick<AuthParts, 'store'>, { actor, userId, work }: Administration): Promise<User> {
  const changed = await store.atomically(async (tx) => {
    const owners = await tx.accounts.lockOwners();
    const account = await tx.accounts.find(userId);
    if (!account) throw notFound();
    requireMayManage(actor, account);
    const after = await tx.accounts.update(userId, await work(tx, account));
    if (!after) throw notFound();
    requireOwnerLeft(owners, after);
    tx.announce(userUpdated, { user: publicUser(after) });
    return after;
  });
  return ownUser(changed);
}

const resetLifeSeconds = 3600;

/** A one-time link that sets a new password, the only one of its user; what is stored is its hash. */
export async function makeResetLink(
  { clock, config }: Pick<AuthParts, 'clock' | 'config'>,
  { resets }: AuthTransaction,
  userId: string,
): Promise<{ url: string; expiresIn: number }> {
  const token = newSecret();
  await resets.put({ hash: hashSecret(token), userId, expiresAt: new Date(clock.now() + resetLifeSeconds * 1000) });
  return { url: `${config.publicUrl}/reset#${token}`, expiresIn: resetLifeSeconds };
}
