import { authSettings } from '../../../contracts/auth/team-settings.ts';
import type { Context } from '../../../kernel/context.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { timingSafeEqual } from 'node:crypto';
import { type setUp, teamCreated } from '../../../contracts/auth/team.ts';
import { userCreated } from '../../../contracts/auth/accounts.ts';

import { AppError } from '../../../kernel/errors.ts';
import { hashSecret } from '../../../kernel/ids.ts';
import { requireStrong } from '../domain/password-strength.ts';
import { requireOwnUsername } from '../domain/reserved-usernames.ts';
import { type AuthParts, openSession, signedIn, turnOf } from '../parts.ts';
import { hashPassword } from '../password-forms.ts';
import { publicUser } from '../present.ts';

export async function handleSetUp(
  parts: AuthParts,
  { token, teamName, email, username, displayName = username, password, deviceToken }: Input<typeof setUp>,
  context: Context,
): Promise<Output<typeof setUp>> {
  const { setUpToken, passwords, store, settings, logger } = parts;
  const expected = await setUpToken.read();
  if (expected === null) throw alreadySetUp();
  if (!isSame(token, expected)) throw new AppError('invalid_token', { detail: 'This is not the set-up token of this server.' });
  requireOwnUsername(username);
  requireStrong(password, { username, email });
  const passwordHash = await hashPassword(passwords, password, turnOf('the set-up', context));
  const { owner, session } = await store.atomically(async (tx) => {
    if (!(await tx.spendSetUp())) throw alreadySetUp();
    const created = await tx.accounts.insert({ email, username, displayName, role: 'owner', passwordHash });
    tx.publish(teamCreated, { ownerId: created.id, teamName });
    tx.publish(userCreated, { user: publicUser(created), conversationIds: [], invitedBy: null });
    return {
      owner: created,
      session: await openSession(tx, { refreshTokens: parts.refreshTokens, userId: created.id, deviceToken }, context),
    };
  });
  await settings.update(authSettings, { teamName });
  await setUpToken.forget();
  logger.info('the team was set up', { event: 'auth.team_set_up', userId: owner.id, requestId: context.requestId });
  return signedIn(parts, owner, session);
}

/** Compares hashes, so that neither time nor length shows how close a guess came. */
const isSame = (given: string, expected: string): boolean =>
  timingSafeEqual(Buffer.from(hashSecret(given)), Buffer.from(hashSecret(expected)));

const alreadySetUp = (): AppError => new AppError('already_set_up', { detail: 'This team is set up already.' });
