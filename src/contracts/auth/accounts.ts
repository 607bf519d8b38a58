import { z } from 'zod';
import { event, operation } from '../define.ts';
import { Cursor, Id, Limit, name, Nothing, optionalLine, page, Timestamp } from '../primitives.ts';
import { canonicalEmail } from './email.ts';
import { OneUser } from './one-user.ts';
import { Password } from './passwords.ts';

export const Role = z.enum(['owner', 'admin', 'member', 'guest']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/** 2–32 of letters, digits, dot, hyphen, underscore; compared without case. */
export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{0,30}[a-z0-9]$/, 'must be 2–32 letters, digits, dots, hyphens or underscores')
  .meta({ id: 'Username', example: 'ana' });

/** Taken in any spelling of its domain, IDN or A-labels; kept in one (`email.ts`). The pattern says it for ASCII. */
export const Email = z
  .string()
  .trim()
  .max(254)
  .refine((typed) => canonicalEmail(typed) !== null, 'must be an e-mail address')
  .overwrite((typed) => canonicalEmail(typed) ?? typed)
  .meta({
    id: 'Email',
    example: 'ana@example.org',
    pattern: "^([a-z0-9_'&+-]+\\.)*[a-z0-9_'&+-]*[a-z0-9_+-]@([a-z0-9][a-z0-9-]{0,20}[a-z0-9]\\.)*[a-z]{2,20}$",
  });

export const DisplayName = name(80);

/** `email` is present only for oneself and for admins. */
export const User = z
  .strictObject({
    id: Id,
    username: z.string(),
    displayName: z.string(),
    avatarUrl: z.string().nullable(),
    role: Role,
    active: z.boolean(),
    createdAt: Timestamp,
    email: z.string().optional(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;

const PublicUser = z.strictObject({ user: User });

export const userCreated = event({
  name: 'auth.userCreated',
  summary: 'An account was created',
  delivery: 'event',
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
  delivery: 'event',
  payload: PublicUser,
  clients: [{ name: 'user:updated', audience: ({ user }) => ({ everyone: true, about: user.id }) }],
  touches: ({ user }) => [user.id],
});

export const userDisabled = event({
  name: 'auth.userDisabled',
  summary: 'An account was disabled',
  delivery: 'event',
  payload: z.strictObject({ userId: Id }),
  touches: ({ userId }) => [userId],
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
  summary: 'Give a person another role; only an owner may give or take the roles owner and admin',
  access: 'admin',
  input: z.strictObject({ userId: Id, role: Role }),
  output: User,
  errors: ['last_owner'],
  http: { method: 'PUT', path: '/admin/users/:userId/role' },
});

export const disableUser = operation({
  name: 'auth.disableUser',
  summary: 'Disable an account: it cannot sign in, and every device is signed out at once',
  access: 'admin',
  input: OneUser,
  output: User,
  errors: ['last_owner'],
  http: { method: 'POST', path: '/admin/users/:userId/disable' },
});

export const enableUser = operation({
  name: 'auth.enableUser',
  summary: 'Enable a disabled account again',
  access: 'admin',
  input: OneUser,
  output: User,
  http: { method: 'POST', path: '/admin/users/:userId/enable' },
});

export const readUsers = operation({
  name: 'auth.readUsers',
  summary: 'Active people by id; unknown and disabled accounts are left out',
  access: 'internal',
  input: z.strictObject({ userIds: z.array(Id).max(1000) }),
  output: z.strictObject({ items: z.array(User) }),
});

/** `settings`: by key, what each of them chose; the defaults are left out. `email` is as it is stored: domains in A-labels. */
export const readRecipients = operation({
  name: 'auth.readRecipients',
  summary: 'Active people by id with their addresses and what they chose of settings: for what is sent to them',
  access: 'internal',
  input: z.strictObject({ userIds: z.array(Id).max(10_000) }),
  output: z.strictObject({
    items: z.array(z.strictObject({ user: User, email: z.string(), settings: z.record(z.string(), z.unknown()) })),
  }),
});

export const readAdmins = operation({
  name: 'auth.readAdmins',
  summary: 'Ids of active owners and admins: for what only they can repair',
  access: 'internal',
  input: Nothing,
  output: z.strictObject({ userIds: z.array(Id) }),
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
  summary: 'One account by username, e-mail or id, disabled ones included',
  access: 'internal',
  input: z.strictObject({ login: z.string().trim().min(1).max(254) }),
  output: User,
});
