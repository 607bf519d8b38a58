import { userCreated, teamCreated } from '../../../contracts/auth/events.ts';
import { getTeam, logIn, readSetupLink, refresh, register, setUp } from '../../../contracts/auth/operations.ts';
import { sessionsRevoked } from '../../../contracts/auth/events.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { AppError } from '../../../kernel/errors.ts';
import { hashSecret } from '../../../kernel/ids.ts';
import { publicUser } from '../adapters/account-rows.ts';
import { requireStrong } from '../domain/passwords.ts';
import { takeInvite } from '../adapters/invites.ts';
import { type AuthParts, signedIn } from '../parts.ts';

/** The ways in: set-up, registration, sign-in, refresh. */
export function entrance(parts: AuthParts): Implementation[] {
  return [
    implement(getTeam, async () => ({
      name: parts.kernel.settings.current().teamName,
      setUp: await parts.setupToken.isDone(),
      registration: parts.kernel.settings.current().registration,
      version: parts.config.version,
    })),
    implement(readSetupLink, async () => {
      const token = await parts.setupToken.read();
      return { token, url: token === null ? null : `${parts.config.publicUrl}/setup#${token}` };
    }),
    implement(setUp, async (input, context) => {
      const { accounts, passwords, sessions, setupToken, kernel } = parts;
      const token = await setupToken.read();
      if (token === null) throw alreadySetUp();
      if (hashSecret(token) !== hashSecret(input.token))
        throw new AppError('invalid_token', { detail: 'This is not the set-up token of this server.' });
      requireStrong(input.password, input);
      const passwordHash = await passwords.hash(input.password);
      const { user, session } = await kernel.database.transaction(async (tx) => {
        if (!(await setupToken.spend(tx))) throw alreadySetUp();
        const owner = await accounts.insert(
          { ...input, displayName: input.displayName ?? input.username, role: 'owner', passwordHash },
          tx,
        );
        tx.announce(teamCreated, { ownerId: owner.id, teamName: input.teamName });
        tx.announce(userCreated, { user: publicUser(owner), conversationIds: [] });
        return { user: owner, session: await sessions.open(owner.id, context, tx) };
      });
      await kernel.settings.update({ teamName: input.teamName });
      await setupToken.removeFile();
      return signedIn(parts, user, session);
    }),
    implement(register, async (input, context) => {
      const { accounts, passwords, sessions, kernel } = parts;
      requireDoor(parts, input);
      if (!(await parts.setupToken.isDone())) throw new AppError('registration_closed', { detail: 'Set the team up first.' });
      requireStrong(input.password, input);
      const passwordHash = await passwords.hash(input.password);
      const { user, session } = await kernel.database.transaction(async (tx) => {
        const invite = input.inviteCode === undefined ? null : await takeInvite(input.inviteCode, { clock: kernel.clock, on: tx });
        const role = invite?.role ?? 'member';
        const created = await accounts.insert({ ...input, displayName: input.displayName ?? input.username, role, passwordHash }, tx);
        tx.announce(userCreated, { user: publicUser(created), conversationIds: invite?.conversation_ids ?? [] });
        return { user: created, session: await sessions.open(created.id, context, tx) };
      });
      return signedIn(parts, user, session);
    }),
    implement(logIn, async ({ login, password }, context) => {
      const { accounts, passwords, sessions, kernel, lockout, countLogin } = parts;
      const account = login.toLowerCase();
      if (account.includes('\u0000') || !account.isWellFormed()) throw refused();
      lockout?.requireOpen(account, context.address);
      const user = await accounts.findByLogin(account);
      const matches = await passwords.matches(password, user?.password_hash ?? null);
      if (!user || !matches || !user.active) {
        lockout?.failed(account, context.address);
        countLogin('refused');
        throw refused();
      }
      lockout?.succeeded(account, context.address);
      countLogin('ok');
      return signedIn(parts, user, await kernel.database.transaction((tx) => sessions.open(user.id, context, tx)));
    }),
    implement(refresh, async ({ refreshToken }) => {
      const { accounts, sessions, kernel } = parts;
      if (refreshToken === undefined) throw invalidToken();
      const rotation = await kernel.database.transaction(async (tx) => {
        const outcome = await sessions.rotate(refreshToken, tx);
        if (outcome.kind === 'reused') {
          const sessionIds = await sessions.revoke(outcome.userId, { only: [outcome.sessionId] }, tx);
          if (sessionIds.length > 0) tx.announce(sessionsRevoked, { userId: outcome.userId, sessionIds, reason: 'token_reused' });
        }
        return outcome;
      });
      if (rotation.kind !== 'rotated') throw invalidToken();
      const user = await accounts.find(rotation.userId);
      if (!user) throw invalidToken();
      return signedIn(parts, user, rotation);
    }),
  ];
}

/** Whether the team lets this person register; an invite opens every door but a closed one. */
function requireDoor({ kernel }: AuthParts, { email, inviteCode }: { email: string; inviteCode?: string | undefined }): void {
  const { registration, emailDomains } = kernel.settings.current();
  if (registration === 'closed') throw new AppError('registration_closed', { detail: 'This team takes no registrations.' });
  if (inviteCode !== undefined || registration === 'open') return;
  if (registration === 'invite') throw new AppError('invite_required', { detail: 'Ask somebody of the team for an invite.' });
  if (!emailDomains.includes(email.split('@')[1] ?? ''))
    throw new AppError('email_domain_refused', { detail: 'This address is not of the team’s domains.' });
}

const alreadySetUp = (): AppError => new AppError('already_set_up', { detail: 'This team is set up already.' });
const refused = (): AppError => new AppError('invalid_credentials', { detail: 'The name or the password is wrong.' });
const invalidToken = (): AppError => new AppError('invalid_token', { detail: 'Sign in again.' });
