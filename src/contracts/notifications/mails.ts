import { z } from 'zod';
import { Email } from '../auth/accounts.ts';
import { Secret } from '../auth/secrets.ts';
import { operation, route } from '../define.ts';
import { storable } from '../primitives.ts';

/** What the link in a mail opens. It changes nothing: programs that look into mails follow links (RFC 8058 §1). */
export const showUnsubscribe = route({
  name: 'notifications.showUnsubscribe',
  summary: 'The page behind the link of a mail, with a button that stops such mails',
  access: 'public',
  input: z.strictObject({ token: storable().min(1).max(200) }),
  http: { method: 'GET', path: '/notifications/unsubscribe/:token' },
  answer: 'html',
  limit: 'signal',
  errors: ['not_found'],
});

/**
 * `ok`: the mail server has the mail, otherwise `detail` is what it said. Refused with `conflict` where this server sends no mails: the link can be copied.
 * `language`: of the mail.
 */
export const mailInvite = operation({
  name: 'notifications.mailInvite',
  summary: 'Send an invite link that the caller may make to an e-mail address',
  access: 'admin',
  input: z.strictObject({ code: Secret, email: Email, language: z.enum(['en', 'ru']).default('en') }),
  output: z.strictObject({ ok: z.boolean(), detail: z.string() }),
  errors: ['invalid_invite', 'conflict'],
  http: { method: 'POST', path: '/admin/notifications/invite-mails' },
  deadlineMs: 35_000,
});
