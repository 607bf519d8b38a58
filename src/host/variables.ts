import { resolve } from 'node:path';
import { z } from 'zod';
import { databaseAddress } from '../infra/postgres/config.ts';
import { mongoAddress } from '../infra/mongo/config.ts';
import { listenAddress, listOrNone, onOrOff, origin, wholeNumber } from '../kernel/config/texts.ts';
import { type Contradiction, defineConfig, hidden, type ValuesOf, variable } from '../kernel/config/variable.ts';
import { withoutSecrets } from '../kernel/server-address.ts';
import { moduleNames } from './modules.ts';
import { secretFault, secretRemedy } from './secret-strength.ts';

const transportNames = ['http', 'socket'] as const;

const secret = z.string().check(({ value, issues }) => {
  const fault = secretFault(value);
  if (fault !== null) issues.push({ code: 'custom', message: fault, input: '' });
});

const variables = {
  port: variable({
    name: 'PORT',
    meaning: 'port of HTTP and Socket.IO, health and metrics',
    is: wholeNumber(0, 65_535),
    default: '3000',
  }),
  host: variable({
    name: 'CONFAB_HOST',
    meaning: 'address to bind to',
    is: listenAddress,
    otherwise: 'every address',
    example: '127.0.0.1',
  }),
  dataDir: variable({
    name: 'CONFAB_DATA_DIR',
    meaning:
      'everything that is kept; set to mode 0700 at start, so it must belong to the user that runs Confab (or name a directory below it)',
    is: z
      .string()
      .min(1, 'must name a directory')
      .transform((text) => resolve(text)),
    default: './data',
  }),
  publicUrl: variable({
    name: 'CONFAB_PUBLIC_URL',
    meaning: 'scheme, host and port that browsers use',
    is: origin,
    otherwise: '`http://localhost:<PORT>`',
    example: 'https://chat.example.org',
  }),
  modules: variable({
    name: 'CONFAB_MODULES',
    meaning: `modules of this process, a comma list of ${moduleNames.map((name) => `\`${name}\``).join(', ')}; \`none\` for one with transports alone (section Split)`,
    is: listOrNone(moduleNames),
    default: moduleNames.join(','),
  }),
  transports: variable({
    name: 'CONFAB_TRANSPORTS',
    meaning: 'transports that it opens; `none` leaves health and metrics',
    is: listOrNone(transportNames),
    default: transportNames.join(','),
  }),
  secret: variable({
    name: 'CONFAB_SECRET',
    meaning:
      'at least 32 characters that cannot be guessed: `openssl rand -base64 32`; the keys that encrypt, sign and name are derived from it',
    is: secret,
    otherwise: 'made in `<data>/secret`',
    shown: hidden,
  }),
  strictBus: variable({
    name: 'CONFAB_STRICT_BUS',
    meaning: 'copy and check every value on the bus, as between processes; for tests',
    is: onOrOff,
    default: 'off',
  }),
  promoteUrl: variable({
    name: 'CONFAB_PROMOTE_URL',
    meaning: 'where `confab promote` moves the team or its conversations; the server does not look at it',
    is: z.union([databaseAddress, mongoAddress], 'must be postgresql://… or mongodb://…'),
    example: 'postgresql://confab:password@db.internal:5432/confab',
    shown: withoutSecrets,
  }),
};

type Values = ValuesOf<typeof variables>;
type IsGiven = (name: string) => boolean;

/** What the host itself reads, and what has to fit between processes. */
export const hostConfig = defineConfig({
  title: 'Server',
  variables,
  contradictions: (values, isGiven) => [...splitFaults(values, isGiven), ...nodeFaults(values, isGiven)],
});

const missingModules = ({ modules }: Values): string[] => moduleNames.filter((name) => !modules.includes(name));

/** What the processes of a split team must have in common. */
function splitFaults(values: Values, isGiven: IsGiven): Contradiction[] {
  const missing = missingModules(values);
  if (missing.length === 0) return [];
  const split = `CONFAB_MODULES leaves ${missing.join(', ')} to other processes`;
  const remedies: Readonly<Record<string, string>> = {
    AMQP_URL: 'name the RabbitMQ where they meet in AMQP_URL',
    DATABASE_URL: 'give all of them one DATABASE_URL',
    CONFAB_SECRET: `give all of them one CONFAB_SECRET (${secretRemedy})`,
    CONFAB_PUBLIC_URL: 'give all of them one CONFAB_PUBLIC_URL, which access tokens name',
  };
  const shared = Object.entries(remedies).filter(([name]) => !isGiven(name));
  const nothingToDo: Contradiction = {
    between: ['CONFAB_MODULES', 'CONFAB_TRANSPORTS'],
    fault: 'CONFAB_MODULES and CONFAB_TRANSPORTS are both none: this process would have nothing to do.',
  };
  return [
    ...shared.map(([name, remedy]): Contradiction => ({ between: ['CONFAB_MODULES', name], fault: `${split}: ${remedy}.` })),
    ...(values.modules.length + values.transports.length === 0 ? [nothingToDo] : []),
  ];
}

/** What equal nodes must have in common. */
function nodeFaults(values: Values, isGiven: IsGiven): Contradiction[] {
  const meetingPoint = ['REDIS_URL', 'AMQP_URL'].find(isGiven);
  if (meetingPoint === undefined || !isGiven('DATABASE_URL') || missingModules(values).length > 0) return [];
  const several = `${meetingPoint} and DATABASE_URL make this one of several nodes`;
  const ownSecret: Contradiction = {
    between: ['REDIS_URL', 'AMQP_URL', 'DATABASE_URL', 'CONFAB_SECRET', 'CONFAB_MODULES'],
    fault: `${several}: give all of them one CONFAB_SECRET (${secretRemedy}).`,
  };
  return values.secret === undefined ? [ownSecret] : [];
}
