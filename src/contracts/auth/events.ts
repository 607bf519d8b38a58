import { z } from 'zod';
import { event } from '../define.ts';
import { Id } from '../primitives.ts';
import { User } from './entities.ts';

const PublicUser = z.strictObject({ user: User });

export const teamCreated = event({
  name: 'auth.teamCreated',
  summary: 'The set-up was done; the set-up token is spent',
  delivery: 'fact',
  payload: z.strictObject({ ownerId: Id, teamName: z.string() }),
});

export const userCreated = event({
  name: 'auth.userCreated',
  summary: 'An account was created',
  delivery: 'fact',
  payload: z.strictObject({
    user: User,
    /** What the invite asks to be let into; it binds nobody: whoever owns conversations checks that the inviter may. */
    conversationIds: z.array(Id),
    /** Whose invite it was; null or absent: nobody's. */
    invitedBy: Id.nullable().optional(),
  }),
  clients: [
    {
      name: 'user:created',
      schema: PublicUser,
      audience: ({ user }) => ({ everyone: true, about: user.id }),
      present: ({ user }) => ({ user }),
    },
  ],
});

export const userUpdated = event({
  name: 'auth.userUpdated',
  summary: 'Name, picture, role or state of an account changed',
  delivery: 'fact',
  payload: PublicUser,
  clients: [{ name: 'user:updated', audience: ({ user }) => ({ everyone: true, about: user.id }) }],
  touches: ({ user }) => [user.id],
});

export const userDisabled = event({
  name: 'auth.userDisabled',
  summary: 'An account was closed',
  delivery: 'fact',
  payload: z.strictObject({ userId: Id }),
  touches: ({ userId }) => [userId],
});

export const sessionsRevoked = event({
  name: 'auth.sessionsRevoked',
  summary: 'Sessions ended: logout, password change, closed account, reuse of a refresh token',
  delivery: 'fact',
  payload: z.strictObject({
    userId: Id,
    /** null: every session of the user. */
    sessionIds: z.array(Id).nullable(),
    reason: z.enum(['logged_out', 'signed_out_elsewhere', 'password_changed', 'account_disabled', 'token_reused', 'admin', 'expired']),
  }),
  touches: ({ userId }) => [userId],
  revokes: ({ userId, sessionIds, reason }) => ({ userId, reason, ...(sessionIds ? { sessionIds } : {}) }),
});
