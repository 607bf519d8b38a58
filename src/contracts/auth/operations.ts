import { z } from 'zod';
import { operation } from '../define.ts';
import { Cursor, Id, Limit, Nothing, optionalLine, page } from '../primitives.ts';
import { visible } from '../patterns.ts';
import {
  DisplayName,
  Email,
  Invite,
  KnownPassword,
  ListedInvite,
  Password,
  Role,
  Session,
  SignedIn,
  Team,
  TeamName,
  User,
  Username,
} from './entities.ts';

export * from './internal-operations.ts';

const loginCodes = ['invalid_credentials', 'second_factor_required', 'locked_out'] as const;
const accountCodes = ['username_taken', 'username_reserved', 'email_taken', 'weak_password'] as const;
const Secret = z.string().min(1).max(512);
/**
 * A random word that the device makes once and keeps beside its refresh token; a browser has it as a cookie of the server's
 * making. By it the account knows the device again, so that guesses from elsewhere do not hold its sign-ins off.
 */
const DeviceToken = z.string().regex(/^[\w-]{22,128}$/, 'must be 22–128 letters, digits, hyphens or underscores');
const device = { deviceToken: DeviceToken.optional() };
const newAccount = { email: Email, username: Username, displayName: DisplayName.optional(), password: Password };

export const getTeam = operation({
  name: 'auth.getTeam',
  summary: 'What anyone may know before signing in',
  access: 'public',
  input: Nothing,
  output: Team,
  http: { method: 'GET', path: '/team' },
});

export const setUp = operation({
  name: 'auth.setUp',
  summary: 'Create the team and its owner with the one-time set-up token',
  access: 'public',
  input: z.strictObject({ token: Secret, teamName: TeamName, ...newAccount, ...device }),
  output: SignedIn,
  limit: 'credentials',
  errors: ['already_set_up', 'invalid_token', 'username_reserved', 'weak_password'],
  http: { method: 'POST', path: '/setup', status: 201, session: 'issue', deviceField: 'deviceToken' },
});

export const register = operation({
  name: 'auth.register',
  summary: 'Create an account, as the registration setting allows',
  access: 'public',
  input: z.strictObject({ ...newAccount, inviteCode: Secret.optional(), ...device }),
  output: SignedIn,
  limit: 'credentials',
  errors: [...accountCodes, 'registration_closed', 'invite_required', 'invalid_invite'],
  http: { method: 'POST', path: '/auth/register', status: 201, session: 'issue', deviceField: 'deviceToken' },
});

export const logIn = operation({
  name: 'auth.logIn',
  summary: 'Sign in with e-mail or username and password',
  access: 'public',
  input: z.strictObject({
    login: z.string().regex(visible, 'must not be blank').trim().min(1).max(254),
    password: KnownPassword,
    code: z.string().max(64).optional(),
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

export const changePassword = operation({
  name: 'auth.changePassword',
  summary: 'Change the caller’s password; every other session ends',
  access: 'user',
  input: z.strictObject({ currentPassword: KnownPassword, newPassword: Password }),
  output: Nothing,
  limit: 'credentials',
  errors: ['invalid_credentials', 'weak_password'],
  http: { method: 'POST', path: '/users/me/password', status: 204 },
});

export const resetPassword = operation({
  name: 'auth.resetPassword',
  summary: 'Set a new password with a one-time reset token; every session ends',
  access: 'public',
  input: z.strictObject({ token: Secret, password: Password }),
  output: Nothing,
  limit: 'credentials',
  errors: ['invalid_token', 'weak_password'],
  http: { method: 'POST', path: '/auth/reset', status: 204 },
});

export const getKeys = operation({
  name: 'auth.getKeys',
  summary: 'Public keys that verify access tokens (RFC 7517)',
  access: 'public',
  input: Nothing,
  output: z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())) }),
  http: { method: 'GET', path: '/.well-known/jwks.json', root: true },
});

export const getMe = operation({
  name: 'auth.getMe',
  summary: 'The caller',
  access: 'user',
  input: Nothing,
  output: User,
  http: { method: 'GET', path: '/users/me' },
});

export const updateMe = operation({
  name: 'auth.updateMe',
  summary: 'Change the caller’s profile',
  access: 'user',
  input: z.strictObject({ displayName: DisplayName.optional(), username: Username.optional() }),
  output: User,
  errors: ['username_taken', 'username_reserved'],
  http: { method: 'PATCH', path: '/users/me' },
});

export const listUsers = operation({
  name: 'auth.listUsers',
  summary: 'People of the team, by name; for guests those they share a conversation with',
  access: 'user',
  input: z.strictObject({ query: optionalLine(100).default(''), limit: Limit(50, 200), cursor: Cursor.optional() }),
  output: page(User),
  people: 'all',
  http: { method: 'GET', path: '/users' },
});

export const getUser = operation({
  name: 'auth.getUser',
  summary: 'One person of the team; for guests somebody they share a conversation with',
  access: 'user',
  input: z.strictObject({ userId: Id }),
  output: User,
  people: 'userId',
  http: { method: 'GET', path: '/users/:userId' },
});

export const createInvite = operation({
  name: 'auth.createInvite',
  summary: 'Make an invite link',
  access: 'user',
  input: z.strictObject({
    maxUses: z.int().min(1).max(10_000).optional(),
    /** Seconds; absent: seven days. */
    expiresIn: z.int().min(60).max(31_536_000).optional(),
    role: z.enum(['admin', 'member', 'guest']).default('member'),
    conversationIds: z.array(Id).max(50).default([]),
  }),
  output: Invite,
  http: { method: 'POST', path: '/invites', status: 201 },
});

export const listInvites = operation({
  name: 'auth.listInvites',
  summary: 'Invites that still open: the caller’s own, or everyone’s for an admin; codes only of those the caller could make',
  access: 'user',
  input: Nothing,
  output: z.strictObject({ items: z.array(ListedInvite) }),
  http: { method: 'GET', path: '/invites' },
});

export const deleteInvite = operation({
  name: 'auth.deleteInvite',
  summary: 'Withdraw an invite',
  access: 'user',
  input: z.strictObject({ code: Secret }),
  output: Nothing,
  http: { method: 'DELETE', path: '/invites/:code', status: 204 },
});

export const getInvite = operation({
  name: 'auth.getInvite',
  summary: 'Whether an invite still opens, and who invites',
  access: 'public',
  input: z.strictObject({ code: Secret }),
  output: z.strictObject({ teamName: z.string(), invitedBy: z.string(), role: Role }),
  limit: 'invite',
  errors: ['invalid_invite'],
  http: { method: 'GET', path: '/invites/:code' },
});

// ---- For admins -------------------------------------------------------------------------------

const OneUser = z.strictObject({ userId: Id });

export const listAccounts = operation({
  name: 'auth.listAccounts',
  summary: 'Every account, with e-mail and state',
  access: 'admin',
  /** `query` is part of a name or of an address, however its domain is spelt. */
  input: z.strictObject({ query: optionalLine(254).default(''), limit: Limit(50, 200), cursor: Cursor.optional() }),
  output: page(User),
  http: { method: 'GET', path: '/admin/users' },
});

export const changeRole = operation({
  name: 'auth.changeRole',
  summary: 'Give a person another role; only an owner makes or unmakes owners and admins',
  access: 'admin',
  input: z.strictObject({ userId: Id, role: Role }),
  output: User,
  errors: ['last_owner'],
  http: { method: 'PUT', path: '/admin/users/:userId/role' },
});

export const disableUser = operation({
  name: 'auth.disableUser',
  summary: 'Close an account: it cannot sign in and every device is signed out at once',
  access: 'admin',
  input: OneUser,
  output: User,
  errors: ['last_owner'],
  http: { method: 'POST', path: '/admin/users/:userId/disable' },
});

export const enableUser = operation({
  name: 'auth.enableUser',
  summary: 'Open a closed account again',
  access: 'admin',
  input: OneUser,
  output: User,
  http: { method: 'POST', path: '/admin/users/:userId/enable' },
});

export const forceLogOut = operation({
  name: 'auth.forceLogOut',
  summary: 'Sign every device of a person out',
  access: 'admin',
  input: OneUser,
  output: z.strictObject({ sessions: z.int() }),
  http: { method: 'POST', path: '/admin/users/:userId/logout' },
});

export const createResetLink = operation({
  name: 'auth.createResetLink',
  summary: 'Make a one-time link that sets a new password; valid for an hour',
  access: 'admin',
  input: OneUser,
  output: z.strictObject({ url: z.string(), expiresIn: z.int() }),
  http: { method: 'POST', path: '/admin/users/:userId/reset-link', status: 201 },
});
