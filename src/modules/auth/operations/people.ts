import {
  countUsers,
  createInvite,
  createUser,
  deleteInvite,
  findUser,
  getInvite,
  getUser,
  listInvites,
  listUsers,
  readUsers,
  resolveUsernames,
} from '../../../contracts/auth/operations.ts';
import { userCreated } from '../../../contracts/auth/events.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { newSecret } from '../../../kernel/ids.ts';
import { ownUser, publicUser, type UserRow } from '../adapters/account-rows.ts';
import { cursorOf } from '../adapters/accounts.ts';
import { findInvite, type InviteRow, presentInvite } from '../adapters/invites.ts';
import { requireStrong } from '../domain/passwords.ts';
import type { AuthParts } from '../parts.ts';
import { requireMayInvite } from '../policy.ts';
import { resetLink } from './administration.ts';

const weekMs = 7 * 86_400_000;

/** The people of the team and the invites that bring more. */
export function people(parts: AuthParts): Implementation[] {
  const { accounts, kernel, config, passwords } = parts;
  const { database, clock } = kernel;
  return [
    implement(listUsers, async ({ query, limit, cursor }) => {
      const rows = await accounts.list({ query, limit: limit + 1, cursor, onlyActive: true });
      return { items: rows.slice(0, limit).map(publicUser), nextCursor: nextCursor(rows, limit) };
    }),
    implement(getUser, async ({ userId }, context) => {
      const user = await accounts.find(userId);
      if (!user) throw notFound();
      return requireActor(context).userId === userId ? ownUser(user) : publicUser(user);
    }),
    implement(readUsers, async ({ userIds }) => {
      const rows = await database.query<UserRow>('SELECT * FROM auth.users WHERE id = ANY($1::uuid[]) AND active', [userIds]);
      return { items: rows.map(publicUser) };
    }),
    implement(resolveUsernames, async ({ usernames }) => ({
      items: await database.query<{ username: string; userId: string }>(
        'SELECT username, id AS "userId" FROM auth.users WHERE username = ANY($1::text[]) AND active',
        [usernames],
      ),
    })),
    implement(countUsers, async () => {
      const [row] = await database.query<{ users: number; active: number; sessions: number }>(
        `SELECT count(*) AS users, count(*) FILTER (WHERE active) AS active,
                (SELECT count(*) FROM auth.sessions WHERE revoked_at IS NULL AND expires_at > $1) AS sessions FROM auth.users`,
        [clock.timestamp()],
      );
      return row ?? { users: 0, active: 0, sessions: 0 };
    }),
    implement(createInvite, async ({ maxUses, expiresIn, role, conversationIds }, context) => {
      const actor = requireActor(context);
      requireMayInvite(actor, role, kernel.settings.current().invitesBy);
      const lifeMs = expiresIn === undefined ? weekMs : expiresIn * 1000;
      const [row] = await database.query<InviteRow>(
        `INSERT INTO auth.invites (code, role, max_uses, conversation_ids, created_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *`,
        [
          newSecret(16),
          role,
          maxUses ?? null,
          conversationIds,
          actor.userId,
          clock.timestamp(),
          new Date(clock.now() + lifeMs).toISOString(),
        ],
      );
      if (!row) throw notFound();
      return presentInvite(row, config.publicUrl);
    }),
    implement(listInvites, async (_input, context) => {
      const actor = requireActor(context);
      const seesAll = actor.role === 'owner' || actor.role === 'admin';
      const rows = await database.query<InviteRow>(
        `SELECT * FROM auth.invites WHERE ($1::uuid IS NULL OR created_by = $1) AND (max_uses IS NULL OR uses < max_uses)
         AND (expires_at IS NULL OR expires_at > $2) ORDER BY created_at DESC LIMIT 500`,
        [seesAll ? null : actor.userId, clock.timestamp()],
      );
      return { items: rows.map((row) => presentInvite(row, config.publicUrl)) };
    }),
    implement(deleteInvite, async ({ code }, context) => {
      const actor = requireActor(context);
      const seesAll = actor.role === 'owner' || actor.role === 'admin';
      const invite = await findInvite(code, { clock, on: database }).catch(() => {
        throw notFound();
      });
      if (!seesAll && invite.created_by !== actor.userId) throw notFound();
      await database.query('DELETE FROM auth.invites WHERE code = $1', [code]);
      return {};
    }),
    implement(getInvite, async ({ code }) => {
      const invite = await findInvite(code, { clock, on: database });
      const inviter = await accounts.find(invite.created_by);
      return { teamName: kernel.settings.current().teamName, invitedBy: inviter?.display_name ?? '', role: invite.role };
    }),
    implement(findUser, async ({ login }) => {
      const user = await accounts.findByLogin(login);
      if (!user) throw notFound('There is no such account.');
      return ownUser(user);
    }),
    implement(createUser, async (input) => {
      if (input.password !== undefined) requireStrong(input.password, input);
      const passwordHash = input.password === undefined ? null : await passwords.hash(input.password);
      const user = await database.transaction(async (tx) => {
        const created = await accounts.insert({ ...input, displayName: input.displayName ?? input.username, passwordHash }, tx);
        tx.announce(userCreated, { user: publicUser(created), conversationIds: [] });
        return created;
      });
      if (passwordHash !== null) return { user: ownUser(user) };
      return { user: ownUser(user), resetUrl: (await resetLink(parts, user.id)).url };
    }),
  ];
}

export const nextCursor = (rows: readonly UserRow[], limit: number): string | null => {
  const last = rows[limit - 1];
  return rows.length > limit && last ? cursorOf(last) : null;
};
