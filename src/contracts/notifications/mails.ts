import { z } from 'zod';
import { route } from '../define.ts';
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
