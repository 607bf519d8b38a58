import { z } from 'zod';
import { Id, name, storable, Timestamp } from '../primitives.ts';
import { canonicalDomain, canonicalEmail } from './email.ts';
import { opaque } from './opaque-string.ts';

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

/** The part after the @, in any spelling; kept in A-labels. */
export const EmailDomain = z
  .string()
  .trim()
  .max(253)
  .refine((typed) => canonicalDomain(typed) !== null, 'must be a domain')
  .overwrite((typed) => canonicalDomain(typed) ?? typed)
  .meta({ pattern: '^([a-z0-9][a-z0-9-]{0,20}[a-z0-9]\\.)*[a-z]{2,20}$' });

const longestPassword = 1024;
const lengthOf = (password: string): number => Array.from(opaque(password)).length;

/**
 * 8–1,024 characters (code points) without controls; compared as an OpaqueString of RFC 8265, so that it does not matter how a
 * keyboard composes a letter. The rules beyond that answer `weak_password`.
 */
export const Password = storable()
  .max(longestPassword * 4)
  .refine((typed) => !/\p{Cc}/u.test(typed), 'must not hold control characters')
  .refine((typed) => lengthOf(typed) >= 8, 'must have at least 8 characters')
  .refine((typed) => lengthOf(typed) <= longestPassword, 'must have at most 1024 characters')
  .meta({ id: 'Password', format: 'password', minLength: 8, maxLength: longestPassword, pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$' });

/** A password to compare with: also one that was set under former rules. */
export const KnownPassword = z
  .string()
  .min(1)
  .max(longestPassword * 4);

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
