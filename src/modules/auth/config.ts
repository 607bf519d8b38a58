import { z } from 'zod';
import { EmailDomain, RegistrationMode } from '../../contracts/auth/registration.ts';
import { choice, list, wholeNumber } from '../../kernel/config/texts.ts';
import { defineConfig, type ValuesOf, variable } from '../../kernel/config/variable.ts';
import type { HostValues } from '../../kernel/module.ts';

export const authConfig = defineConfig({
  title: 'Accounts',
  variables: {
    registration: variable({
      name: 'CONFAB_REGISTRATION',
      meaning:
        '`open`, `invite` or `closed`; the initial setting, admins change it later. `domain` is refused: addresses are not confirmed',
      is: choice(...RegistrationMode.options),
      default: 'invite',
    }),
    emailDomains: variable({
      name: 'CONFAB_EMAIL_DOMAINS',
      meaning: 'without effect until addresses can be confirmed',
      is: z.string().transform(list).pipe(z.array(EmailDomain)),
      default: '',
    }),
    bcryptCost: variable({
      name: 'CONFAB_BCRYPT_COST',
      meaning: 'cost of a password hash, 4 to 15',
      is: wholeNumber(4, 15),
      default: '12',
    }),
  },
  contradictions: ({ registration }) =>
    registration === 'domain'
      ? [
          {
            between: ['CONFAB_REGISTRATION'],
            fault:
              'CONFAB_REGISTRATION is domain, which keeps nobody out: addresses are not confirmed. Set it to invite (and send invites), open or closed.',
          },
        ]
      : [],
});

export const authHostValues = ['publicUrl', 'dataDir', 'secret', 'version', 'throttling'] as const;

/** What the host gives this module, and how long its tokens live. */
export interface AuthConfig
  extends Pick<ValuesOf<typeof authConfig.variables>, 'bcryptCost'>, Pick<HostValues, (typeof authHostValues)[number]> {
  readonly accessTokenLifeSeconds: number;
  readonly refreshTokenLifeSeconds: number;
}

export const tokenLives = { accessTokenLifeSeconds: 600, refreshTokenLifeSeconds: 30 * 86_400 } as const;
