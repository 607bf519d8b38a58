import { z } from 'zod';
import { operation } from '../define.ts';
import { Nothing, storable } from '../primitives.ts';
import { OneUser } from './one-user.ts';
import { opaque } from './opaque-string.ts';
import { Secret } from './secrets.ts';

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

export const createResetLink = operation({
  name: 'auth.createResetLink',
  summary: 'Create a one-time link that sets a new password; valid for an hour',
  access: 'admin',
  input: OneUser,
  output: z.strictObject({ url: z.string(), expiresIn: z.int() }),
  http: { method: 'POST', path: '/admin/users/:userId/reset-link', status: 201 },
});
