import { z } from 'zod';
import { onOrOff } from '../../kernel/config/texts.ts';
import { serverUrl } from '../../kernel/config/server-url.ts';
import { defineConfig, hidden, type ValuesOf, variable } from '../../kernel/config/variable.ts';
import { readFcmCredentials } from './domain/fcm-credentials.ts';
import { readMailServer, readSender } from './domain/mail-server.ts';

/** What `read` makes of a text, or its fault as that of the variable. */
const readBy = <T extends object>(read: (text: string) => T | { readonly fault: string }) =>
  z.string().transform((text, { issues }): Exclude<T, { readonly fault: string }> => {
    const made = read(text);
    if (!('fault' in made)) return made as Exclude<T, { readonly fault: string }>;
    issues.push({ code: 'custom', message: made.fault as string, input: '' });
    return z.NEVER;
  });

const exampleServer = 'smtp://user:password@mail.example.org:587';

export const notificationsConfig = defineConfig({
  title: 'Notifications',
  variables: {
    smtp: variable({
      name: 'SMTP_URL',
      meaning:
        'the server that takes mails: `smtp://` with STARTTLS where it offers that, `smtps://` with TLS from the first byte. `?requireTLS=false` sends a password without TLS to a server of the internet, `?tls.rejectUnauthorized=false` takes a certificate that nobody signed',
      is: serverUrl(['smtp', 'smtps'], exampleServer).pipe(readBy(readMailServer)),
      otherwise: 'no mails are sent; links of invites and of passwords can be copied',
      example: exampleServer,
      shown: hidden,
    }),
    mailFrom: variable({
      name: 'MAIL_FROM',
      meaning: 'whom mails come from; push services too may write there about this team, and Apple wants an address of the internet',
      is: readBy((text) => readSender(text) ?? { fault: 'must be an address, as team@example.org or The team <team@example.org>' }),
      otherwise: 'push services are given `CONFAB_PUBLIC_URL`',
      example: 'The team <team@example.org>',
    }),
    fcm: variable({
      name: 'FCM_CREDENTIALS',
      meaning:
        'the JSON of a service account of Firebase, for pushes to apps that others build. Browsers need none. `FCM_CREDENTIALS_FILE` names its file',
      is: readBy(readFcmCredentials),
      otherwise: 'apps get no pushes through Firebase',
      shown: hidden,
    }),
    pushAllowPrivate: variable({
      name: 'CONFAB_PUSH_ALLOW_PRIVATE',
      meaning:
        '`on`: browsers may name push services in private networks and without TLS, for an intranet with a service of its own. Whoever has an account can then have the server ask addresses of that network',
      is: onOrOff,
      default: 'off',
    }),
  },
  contradictions: ({ smtp, mailFrom }) =>
    smtp !== undefined && mailFrom === undefined
      ? [{ between: ['SMTP_URL', 'MAIL_FROM'], fault: 'SMTP_URL needs MAIL_FROM: the address that mails come from.' }]
      : [],
});

export type NotificationsConfig = ValuesOf<typeof notificationsConfig.variables>;
