import { z } from 'zod';
import { exactText, Id, name, Timestamp } from '../primitives.ts';

export const Role = z.enum(['owner', 'admin', 'member', 'guest']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/** 2–32 of letters, digits, dot, hyphen, underscore; compared without case. */
export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{0,30}[a-z0-9]$/, 'must be 2–32 letters, digits, dots, hyphens or underscores')
  .meta({ id: 'Username', example: 'ana' });

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^([a-z0-9_'+-]+\.)*[a-z0-9_'+-]*[a-z0-9_+-]@([a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/, 'Invalid email address')
  .meta({ id: 'Email', example: 'ana@example.org' });

/** 8–1,024 characters; whatever a keyboard makes, taken exactly as typed. The rules beyond length answer `weak_password`. */
export const Password = exactText(8, 1024).meta({ id: 'Password', format: 'password' });

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

export const Invite = z
  .strictObject({
    code: z.string(),
    url: z.string(),
    role: Role,
    maxUses: z.int().nullable(),
    uses: z.int(),
    conversationIds: z.array(Id),
    createdBy: Id,
    createdAt: Timestamp,
    expiresAt: Timestamp.nullable(),
  })
  .meta({ id: 'Invite' });
export type Invite = z.infer<typeof Invite>;

/** Without `code` and `url` for those who may not make such an invite themselves. */
export const ListedInvite = Invite.extend({ code: z.string().optional(), url: z.string().optional() }).meta({ id: 'ListedInvite' });
export type ListedInvite = z.infer<typeof ListedInvite>;

/** `domain` is refused until addresses can be confirmed; where a former version stored it, it lets in as `invite` does. */
export const RegistrationMode = z.enum(['open', 'invite', 'domain', 'closed']).meta({ id: 'RegistrationMode' });
export type RegistrationMode = z.infer<typeof RegistrationMode>;

/** What anyone may know before signing in. */
export const Team = z
  .strictObject({ name: z.string(), setUp: z.boolean(), registration: RegistrationMode, version: z.string() })
  .meta({ id: 'Team' });
export type Team = z.infer<typeof Team>;

export const TeamName = name(80);
