import { z } from 'zod';
import { operation } from '../define.ts';
import { Id, Nothing, Timestamp } from '../primitives.ts';
import { Role } from './accounts.ts';
import { Secret } from './secrets.ts';

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
  summary: 'Valid invites: the caller’s own, or everyone’s for an admin; codes only of those the caller may make',
  access: 'user',
  input: Nothing,
  output: z.strictObject({ items: z.array(ListedInvite) }),
  http: { method: 'GET', path: '/invites' },
});

export const deleteInvite = operation({
  name: 'auth.deleteInvite',
  summary: 'Delete an invite',
  access: 'user',
  input: z.strictObject({ code: Secret }),
  output: Nothing,
  http: { method: 'DELETE', path: '/invites/:code', status: 204 },
});

export const getInvite = operation({
  name: 'auth.getInvite',
  summary: 'Whether an invite is valid, and who invites',
  access: 'public',
  input: z.strictObject({ code: Secret }),
  output: z.strictObject({ teamName: z.string(), invitedBy: z.string(), role: Role }),
  limit: 'invite',
  errors: ['invalid_invite'],
  http: { method: 'GET', path: '/invites/:code' },
});
