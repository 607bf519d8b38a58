import type { Context } from '../../../kernel/context.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { type createUser, userCreated } from '../../../contracts/auth/accounts.ts';

import { requireStrong } from '../domain/password-strength.ts';
import { requireOwnUsername } from '../domain/reserved-usernames.ts';
import { makeResetLink } from '../account-changes.ts';
import { type AuthParts, turnOf } from '../parts.ts';
import { hashPassword } from '../password-forms.ts';
import { ownUser, publicUser } from '../present.ts';

/** Without a password the answer holds a link that sets one. */
export async function handleCreateUser(
  parts: AuthParts,
  { email, username, displayName = username, password, role }: Input<typeof createUser>,
  context: Context,
): Promise<Output<typeof createUser>> {
  const { store, passwords } = parts;
  requireOwnUsername(username);
  if (password !== undefined) requireStrong(password, { username, email });
  const passwordHash = password === undefined ? null : await hashPassword(passwords, password, turnOf('the command line', context));
  return store.atomically(async (tx) => {
    const created = await tx.accounts.insert({ email, username, displayName, role, passwordHash });
    tx.publish(userCreated, { user: publicUser(created), conversationIds: [], invitedBy: null });
    const user = ownUser(created);
    return passwordHash === null
      ? { user, resetUrl: (await makeResetLink(parts, tx, { account: created, actor: context.actor })).url }
      : { user };
  });
}
