import { z } from 'zod';
import { operation } from '../define.ts';
import { DisplayName, Email, Username } from './accounts.ts';
import { canonicalDomain } from './email.ts';
import { Password } from './passwords.ts';
import { Secret } from './secrets.ts';
import { device, SignedIn } from './sessions.ts';

/** The part after the @, in any spelling; kept in A-labels. */
export const EmailDomain = z
  .string()
  .trim()
  .max(253)
  .refine((typed) => canonicalDomain(typed) !== null, 'must be a domain')
  .overwrite((typed) => canonicalDomain(typed) ?? typed)
  .meta({ pattern: '^([a-z0-9][a-z0-9-]{0,20}[a-z0-9]\\.)*[a-z]{2,20}$' });

/** `domain` is refused until addresses can be confirmed; where a former version stored it, it lets in as `invite` does. */
export const RegistrationMode = z.enum(['open', 'invite', 'domain', 'closed']).meta({ id: 'RegistrationMode' });
export type RegistrationMode = z.infer<typeof RegistrationMode>;

const accountCodes = ['username_taken', 'username_reserved', 'email_taken', 'weak_password'] as const;

export const newAccount = { email: Email, username: Username, displayName: DisplayName.optional(), password: Password };

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
