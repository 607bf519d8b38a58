import { z } from 'zod';
import { event, operation } from '../define.ts';
import { visible } from '../patterns.ts';
import { Id, Nothing, storable, Timestamp } from '../primitives.ts';
import { Role, User } from './accounts.ts';
import { OneUser } from './one-user.ts';
import { KnownPassword } from './passwords.ts';
import { Secret } from './secrets.ts';

/** `expiresIn` is the life of the access token in seconds. A browser gets `refreshToken` as a cookie instead. */
export const SignedIn = z
  .strictObject({ user: User, accessToken: z.string(), expiresIn: z.int(), refreshToken: z.string().optional() })
  .meta({ id: 'SignedIn' });
export type SignedIn = z.infer<typeof SignedIn>;

/** A signed-in device. */
export const Session = z
  .strictObject({
    id: Id,
    current: z.boolean(),
    device: z.string(),
    address: z.string(),
    createdAt: Timestamp,
    lastUsedAt: Timestamp,
    expiresAt: Timestamp,
    /** Where a refresh token that had been used was presented once more: a lost reply, another tab, or a copy of the token. */
    alsoUsed: z.strictObject({ at: Timestamp, address: z.string(), device: z.string() }).optional(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

export const sessionsRevoked = event({
  name: 'auth.sessionsRevoked',
  summary: 'Sessions ended: logout, password change, disabled account, reuse of a refresh token',
  delivery: 'event',
  payload: z.strictObject({
    userId: Id,
    /** null: every session of the user. */
    sessionIds: z.array(Id).nullable(),
    reason: z.enum(['logged_out', 'signed_out_elsewhere', 'password_changed', 'account_disabled', 'token_reused', 'admin', 'expired']),
  }),
  touches: ({ userId }) => [userId],
  revokes: ({ userId, sessionIds, reason }) => ({ userId, reason, ...(sessionIds ? { sessionIds } : {}) }),
});

const loginCodes = ['invalid_credentials', 'second_factor_required', 'locked_out'] as const;

/**
 * A random token that the device creates once and keeps beside its refresh token; a browser has it as a cookie of the server's
 * making. By it the account recognises the device, so that guesses from elsewhere do not lock out its sign-ins.
 */
const DeviceToken = z.string().regex(/^[\w-]{22,128}$/, 'must be 22–128 letters, digits, hyphens or underscores');

export const device = { deviceToken: DeviceToken.optional() };

export const logIn = operation({
  name: 'auth.logIn',
  summary: 'Sign in with e-mail or username and password',
  access: 'public',
  input: z.strictObject({
    login: z.string().regex(visible, 'must not be blank').trim().min(1).max(254),
    password: KnownPassword,
    code: storable().max(64).optional(),
    ...device,
  }),
  output: SignedIn,
  limit: 'credentials',
  errors: loginCodes,
  http: { method: 'POST', path: '/auth/login', session: 'issue', deviceField: 'deviceToken' },
});

export const refresh = operation({
  name: 'auth.refresh',
  summary:
    'Trade a refresh token for a new pair; a token presented again makes another one until one of them is used, and ends its session after that',
  access: 'public',
  input: z.strictObject({ refreshToken: Secret.optional(), ...device }),
  output: SignedIn,
  limit: 'write',
  errors: ['invalid_token', 'conflict'],
  http: { method: 'POST', path: '/auth/refresh', session: 'issue', cookieField: 'refreshToken', deviceField: 'deviceToken' },
});

export const logOut = operation({
  name: 'auth.logOut',
  summary: 'End this session on every node',
  access: 'user',
  input: Nothing,
  output: Nothing,
  http: { method: 'POST', path: '/auth/logout', status: 204, session: 'clear' },
});

export const listSessions = operation({
  name: 'auth.listSessions',
  summary: 'The devices the caller is signed in on',
  access: 'user',
  input: Nothing,
  output: z.strictObject({ items: z.array(Session) }),
  http: { method: 'GET', path: '/auth/sessions' },
});

export const revokeSession = operation({
  name: 'auth.revokeSession',
  summary: 'Sign one of the caller’s devices out',
  access: 'user',
  input: z.strictObject({ sessionId: Id }),
  output: Nothing,
  http: { method: 'DELETE', path: '/auth/sessions/:sessionId', status: 204 },
});

export const forceLogOut = operation({
  name: 'auth.forceLogOut',
  summary: 'Sign every device of a person out',
  access: 'admin',
  input: OneUser,
  output: z.strictObject({ sessions: z.int() }),
  http: { method: 'POST', path: '/admin/users/:userId/logout' },
});

/** What the gateway checks on each request; null when the session is gone, expired, or its user is closed. */
export const readSessions = operation({
  name: 'auth.readSessions',
  summary: 'State of sessions, in the order asked',
  access: 'internal',
  input: z.strictObject({ sessionIds: z.array(Id).max(10_000) }),
  output: z.strictObject({ items: z.array(z.strictObject({ sessionId: Id, userId: Id, role: Role }).nullable()) }),
});
