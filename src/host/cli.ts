import { parseArgs } from 'node:util';
import { changeRole, createUser, disableUser, findUser, Role } from '../contracts/auth/accounts.ts';
import { createResetLink } from '../contracts/auth/passwords.ts';
import { readSetupLink } from '../contracts/auth/team.ts';
import { rotateKeys } from '../contracts/auth/keys.ts';

import type { Output } from '../contracts/define.ts';
import { readConfig } from './config.ts';
import { configCommand, variablesHelp } from './config-command.ts';
import { doctor } from './doctor.ts';
import { readSecret } from './secret.ts';
import { type CliApp, openCliApp } from './cli-app.ts';
import { mediaCommand } from './media-command.ts';
import { destinationOf } from './promote/destination.ts';
import { promoteChat } from './promote/promote-chat.ts';
import { promote } from './promote/promote-command.ts';
import { UsageFault } from './usage-fault.ts';

const usage = `confab COMMAND

  start                                   run the server
  setup-link                              the one-time link that creates the team
  user create --email E --username U [--name N] [--role R] [--password-file F]
                                          make an account; without a password file, prints a link that sets one
  user disable LOGIN                      close an account and sign its devices out
  user reset-password LOGIN               print a one-time link that sets a new password
  user make-owner LOGIN                   give somebody the owner's role
  keys rotate [--now]                     make another signing key, which signs in a day and overlaps with the former one;
                                          with --now every access token signed so far ends within seconds, and devices renew
  promote --to postgres [--url URL | --url-file F]
                                          move the team from the embedded PostgreSQL to one of your own while it is used;
                                          without an address, to CONFAB_PROMOTE_URL
  promote --to mongodb [--url URL | --url-file F]
                                          the same for its conversations, from PostgreSQL to a MongoDB
  media check [--digest]                  list files whose bytes are missing or of another size in the store, and bytes that belong to no file;
                                          with --digest every byte is read; status 1 where a file lacks something
  media sweep [--dry-run] [--all]         remove bytes that belong to no file, older than an hour; --all: younger ones too, while no server runs
  doctor                                  look for what is wrong
  config [--json]                         show every variable, its value and where it came from; status 1 where one is wrong
  config --help                           list the variables with their defaults

LOGIN is a username, an e-mail address or an id. Works while the server runs and while it does not, on the same environment
(CONFAB_DATA_DIR, DATABASE_URL, …).`;

async function main(args: readonly string[]): Promise<void> {
  // Whatever a command and the programs it starts write is for its own user.
  process.umask(0o077);
  try {
    process.exitCode = await run(args);
  } catch (error) {
    process.stderr.write(`${wordsOf(error)}\n`);
    process.exitCode = isUsageFault(error) ? 2 : 1;
  }
}

/** The command line is at fault: a command refuses it, or Node does, which throws a TypeError for an option that is not known. */
const isUsageFault = (error: unknown): boolean =>
  error instanceof UsageFault || (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));

/** Where an error was thrown is worth showing for faults of the program alone. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isUsageFault(error)) return error.message;
  const isBug = [TypeError, RangeError, ReferenceError, SyntaxError].some((kind) => error instanceof kind);
  return isBug ? (error.stack ?? error.message) : error.message;
}

async function run(args: readonly string[]): Promise<number> {
  const [first, second] = args;
  if (first === undefined || first === 'help' || first === '--help') {
    print(
      first === undefined
        ? usage
        : `${usage}\n\nVariables, each also as NAME_FILE, a path to a file that holds the value:\n\n${variablesHelp()}`,
    );
    return first === undefined ? 2 : 0;
  }
  if (first === 'start') {
    await import('./main.ts');
    return 0;
  }
  if (first === 'config') return configCommand(args.slice(1), { print, warn });
  if (first === 'promote') return promotion(args.slice(1));
  if (first === 'doctor') return doctor(readConfig(), print);
  if (first === 'setup-link') return withCliApp(setupLink);
  if (first === 'media') return withMedia(args.slice(1));
  if (first === 'keys' && second === 'rotate') return rotation(args.slice(2));
  if (first === 'user' && second !== undefined) return userCommand(second, args.slice(2));
  throw new UsageFault(`There is no command "${args.join(' ')}".\n\n${usage}`);
}

function userCommand(name: string, rest: readonly string[]): Promise<number> {
  const login = rest[0] ?? '';
  const known: Readonly<Record<string, (cliApp: CliApp) => Promise<number>>> = {
    create: (cliApp) => create(cliApp, rest),
    disable: (cliApp) => disable(cliApp, login),
    'reset-password': (cliApp) => resetPassword(cliApp, login),
    'make-owner': (cliApp) => makeOwner(cliApp, login),
  };
  const command = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!command) throw new UsageFault(`There is no command "user ${name}".\n\n${usage}`);
  if (name !== 'create' && login === '') throw new UsageFault(`user ${name} needs a LOGIN.\n\n${usage}`);
  return withCliApp(command);
}

function promotion(args: readonly string[]): Promise<number> {
  const config = readConfig();
  const { kind, url } = destinationOf(args, config);
  return (kind === 'postgres' ? promote : promoteChat)(config, url, print);
}

function withMedia(args: readonly string[]): Promise<number> {
  const command = mediaCommand(args);
  return withCliApp((cliApp) => command(cliApp, print));
}

async function withCliApp(work: (cliApp: CliApp) => Promise<number>): Promise<number> {
  const cliApp = await openCliApp(readConfig());
  try {
    return await work(cliApp);
  } finally {
    await cliApp.close();
  }
}

async function setupLink(cliApp: CliApp): Promise<number> {
  const { url } = await cliApp.ask(readSetupLink, {});
  if (url === null) {
    process.stderr.write('The team is set up already. To get in, use: confab user reset-password LOGIN\n');
    return 1;
  }
  print(url);
  return 0;
}

async function create(cliApp: CliApp, args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      email: { type: 'string' },
      username: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string', default: 'member' },
      'password-file': { type: 'string' },
    },
  });
  const role = Role.safeParse(values.role);
  if (values.email === undefined || values.username === undefined) throw new UsageFault('user create needs --email and --username.');
  if (!role.success) throw new UsageFault(`--role is one of ${Role.options.join(', ')}.`);
  const { user, resetUrl } = await cliApp.change(createUser, {
    email: values.email,
    username: values.username,
    role: role.data,
    ...(values.name === undefined ? {} : { displayName: values.name }),
    ...(values['password-file'] === undefined ? {} : { password: readSecret(values['password-file']) }),
  });
  print(`${user.username} (${user.id}) is ${user.role}`);
  if (resetUrl !== undefined) print(resetUrl);
  return 0;
}

async function disable(cliApp: CliApp, login: string): Promise<number> {
  const { id, username } = await known(cliApp, login);
  await cliApp.change(disableUser, { userId: id });
  print(`${username} is closed; every device is signed out`);
  return 0;
}

async function resetPassword(cliApp: CliApp, login: string): Promise<number> {
  const { id } = await known(cliApp, login);
  const { url } = await cliApp.change(createResetLink, { userId: id });
  print(url);
  return 0;
}

async function makeOwner(cliApp: CliApp, login: string): Promise<number> {
  const { id, username } = await known(cliApp, login);
  await cliApp.change(changeRole, { userId: id, role: 'owner' });
  print(`${username} is owner`);
  return 0;
}

function rotation(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { now: { type: 'boolean', default: false } } });
  return withCliApp(async (cliApp) => {
    const { kid, signsFrom } = await cliApp.change(rotateKeys, { now: values.now });
    print(values.now ? `key ${kid} signs from now on; no access token of a former key is taken` : `key ${kid} signs from ${signsFrom} on`);
    return 0;
  });
}

const known = (cliApp: CliApp, login: string): Promise<Output<typeof findUser>> => cliApp.ask(findUser, { login });

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}

// Last, so that every name above has its value.
await main(process.argv.slice(2));
