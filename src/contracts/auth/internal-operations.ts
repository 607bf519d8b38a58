import { z } from 'zod';
import { operation } from '../define.ts';
import { Id, name, Nothing, Timestamp } from '../primitives.ts';
import { Email, Password, Role, User, Username } from './entities.ts';

// Operations that open on the bus alone: for other modules, the gateway and the command line.

/** What the gateway checks on each request; null when the session is gone, expired, or its user is closed. */
export const readSessions = operation({
  name: 'auth.readSessions',
  summary: 'State of sessions, in the order asked',
  access: 'internal',
  input: z.strictObject({ sessionIds: z.array(Id).max(10_000) }),
  output: z.strictObject({ items: z.array(z.strictObject({ sessionId: Id, userId: Id, role: Role }).nullable()) }),
});

export const readUsers = operation({
  name: 'auth.readUsers',
  summary: 'Active people by id; unknown and closed accounts are left out',
  access: 'internal',
  input: z.strictObject({ userIds: z.array(Id).max(1000) }),
  output: z.strictObject({ items: z.array(User) }),
});

export const resolveUsernames = operation({
  name: 'auth.resolveUsernames',
  summary: 'Ids of active people by username; unknown names are left out',
  access: 'internal',
  input: z.strictObject({ usernames: z.array(z.string().max(64)).max(100) }),
  output: z.strictObject({ items: z.array(z.strictObject({ username: z.string(), userId: Id })) }),
});

export const countUsers = operation({
  name: 'auth.countUsers',
  summary: 'Accounts and live sessions, for the overview',
  access: 'internal',
  input: Nothing,
  output: z.strictObject({ users: z.int(), active: z.int(), sessions: z.int() }),
});

/** For the command line on the server itself, where there is no signed-in person. */
export const createUser = operation({
  name: 'auth.createUser',
  summary: 'Create an account from the server’s own command line',
  access: 'internal',
  input: z.strictObject({
    email: Email,
    username: Username,
    displayName: name(80).optional(),
    password: Password.optional(),
    role: Role.default('member'),
  }),
  output: z.strictObject({ user: User, resetUrl: z.string().optional() }),
  errors: ['username_taken', 'username_reserved', 'email_taken', 'weak_password'],
});

export const findUser = operation({
  name: 'auth.findUser',
  summary: 'One account by username, e-mail or id, closed ones included',
  access: 'internal',
  input: z.strictObject({ login: z.string().trim().min(1).max(254) }),
  output: User,
});

export const readSetupLink = operation({
  name: 'auth.readSetupLink',
  summary: 'The one-time set-up link, or null once the team exists',
  access: 'internal',
  input: Nothing,
  output: z.strictObject({ url: z.string().nullable(), token: z.string().nullable() }),
});

/** For the host, which prints it: of several processes, one does. */
export const claimSetupLink = operation({
  name: 'auth.claimSetupLink',
  summary: 'The one-time set-up link for the process that shows it; null for every other, and once the team exists',
  access: 'internal',
  input: Nothing,
  output: z.strictObject({ url: z.string().nullable() }),
});

/** For the command line: after a leak of the database, of a backup or of the team's secret. */
export const rotateKeys = operation({
  name: 'auth.rotateKeys',
  summary: 'Make another signing key; with `now` the former ones end at once, and every access token that they signed',
  access: 'internal',
  input: z.strictObject({ now: z.boolean() }),
  output: z.strictObject({ kid: z.string(), signsFrom: Timestamp }),
});
