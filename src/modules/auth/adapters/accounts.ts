import type { Role } from '../../../contracts/auth/accounts.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { keyColumn, keyNames, likePart } from '../../../infra/postgres/name-keys.ts';
import type { Keyed } from '../../../kernel/name-keys.ts';
import { Prisma, type PrismaTransaction } from '../../../infra/postgres/prisma.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { nameKeyOf } from '../../../text/name-key.ts';
import { isReadIn } from '../domain/read-address.ts';
import type { ActiveFilter, Account, AccountChange, AccountFilter, Accounts, NewAccount } from '../ports.ts';

type Row = Omit<Account, 'role'> & { readonly role: string };

const named = { table: 'auth.users', name: 'display_name' } as const;
const key = Prisma.raw(keyColumn(named));

/** Accounts in `auth.users`. */
export class PrismaAccounts implements Accounts {
  readonly #prisma: PrismaTransaction;
  readonly #clock: Clock;

  constructor(prisma: PrismaTransaction, clock: Clock) {
    this.#prisma = prisma;
    this.#clock = clock;
  }

  async insert(account: NewAccount): Promise<Account> {
    // Not `create`: its error would end the transaction, and then it could not be read which of the two names is taken.
    const [row] = await this.#prisma.user.createManyAndReturn({
      data: {
        id: newId(),
        username: account.username,
        email: account.email,
        ...namesOf(account.displayName),
        role: account.role,
        passwordHash: account.passwordHash,
        createdAt: new Date(this.#clock.now()),
      },
      skipDuplicates: true,
    });
    if (row) return toAccount(row);
    const isName = await this.#prisma.user.findUnique({ where: { username: account.username }, select: { id: true } });
    throw isName ? usernameTaken() : new AppError('email_taken', { detail: 'There is an account with this e-mail address.' });
  }

  async find(id: string): Promise<Account | null> {
    return orNull(await this.#prisma.user.findUnique({ where: { id } }));
  }

  async findByLogin(login: string): Promise<Account | null> {
    return orNull(await this.#prisma.user.findFirst({ where: { OR: [{ username: login }, { email: login }] } }));
  }

  async findActive(by: ActiveFilter): Promise<Account[]> {
    const where =
      'ids' in by ? { id: { in: [...by.ids] } } : 'roles' in by ? { role: { in: [...by.roles] } } : { username: { in: [...by.usernames] } };
    return (await this.#prisma.user.findMany({ where: { ...where, active: true } })).map(toAccount);
  }

  /** Raw, because Prisma cannot order by an expression; `users_by_name_key` serves it. */
  async list({ query, addresses = [], limit, after, among, alsoClosed }: AccountFilter): Promise<Account[]> {
    // Folds first the names that another version wrote without a folded form.
    await keyAccountNames(this.#prisma);
    const those = among && [...among];
    const part = likePart(nameKeyOf(query));
    const mails = addresses.map(likePart);
    const others = await this.#atUnicodeDomain(addresses);
    const rows = await this.#prisma.$queryRaw<Row[]>`
      SELECT id, username, email, display_name AS "displayName", avatar_url AS "avatarUrl", role, active, password_hash AS "passwordHash",
             credentials_rev AS "credentialsRev", created_at AS "createdAt"
      FROM auth.users
      WHERE (${alsoClosed} OR active) AND (${those}::uuid[] IS NULL OR id = ANY(${those}::uuid[]))
        AND (${key} LIKE ${part} OR username LIKE ${part} OR email LIKE ANY(${mails}::text[]) OR id = ANY(${others}::uuid[]))
        AND (${after}::uuid IS NULL OR (${key}, id) > (
          SELECT ${key}, id FROM auth.users WHERE id = ${after}::uuid AND (${those}::uuid[] IS NULL OR id = ANY(${those}::uuid[]))))
      ORDER BY ${key}, id LIMIT ${limit}`;
    return rows.map(toAccount);
  }

  /** A part of a domain has no A-labels of its own: the few addresses with such a domain are compared as they are read. */
  async #atUnicodeDomain(parts: readonly string[]): Promise<string[]> {
    const typed = parts.filter((part) => hasOtherLetters.test(part));
    if (typed.length === 0) return [];
    const rows = await this.#prisma.$queryRaw<{ id: string; email: string }[]>`
      SELECT id, email FROM auth.users WHERE email LIKE '%xn--%'`;
    return rows.filter(({ email }) => typed.some((part) => isReadIn(email, part))).map(({ id }) => id);
  }

  async update(id: string, change: AccountChange): Promise<Account | null> {
    const { renewedHash, ...rest } = change;
    const data = {
      ...(renewedHash === undefined ? {} : { passwordHash: renewedHash }),
      ...rest,
      ...(rest.displayName === undefined ? {} : namesOf(rest.displayName)),
      ...(isOfCredentials(change) ? { credentialsRev: { increment: 1 } } : {}),
    };
    try {
      const [row] = await this.#prisma.user.updateManyAndReturn({ where: { id }, data });
      return orNull(row ?? null);
    } catch (error) {
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw usernameTaken();
      throw error;
    }
  }

  async raiseCredentials(id: string): Promise<void> {
    await this.#prisma.user.updateMany({ where: { id }, data: { credentialsRev: { increment: 1 } } });
  }

  /** Not `FOR UPDATE`: what refers to the account, as a session does, is added meanwhile. */
  async lock(id: string): Promise<Account | null> {
    await this.#prisma.$executeRaw`SELECT 1 FROM auth.users WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    return this.find(id);
  }

  async lockWithOwners(ids: readonly string[]): Promise<Account[]> {
    const locked = await this.#prisma.$queryRaw<{ id: string }[]>`
      SELECT id FROM auth.users WHERE (role = 'owner' AND active) OR id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
    const rows = await this.#prisma.user.findMany({ where: { id: { in: locked.map(({ id }) => id) } } });
    return rows.map(toAccount);
  }

  async count(): Promise<{ users: number; active: number }> {
    const [users, active] = await Promise.all([this.#prisma.user.count(), this.#prisma.user.count({ where: { active: true } })]);
    return { users, active };
  }
}

const hasOtherLetters = /[^\x20-\x7e]/;

const isOfCredentials = ({ passwordHash, role, active }: AccountChange): boolean =>
  passwordHash !== undefined || role !== undefined || active !== undefined;

const namesOf = (displayName: string) => ({ displayName, nameKey: nameKeyOf(displayName), nameKeyed: displayName });

const toAccount = (row: Row): Account => ({ ...row, role: row.role as Role });
const orNull = (row: Row | null): Account | null => row && toAccount(row);
const usernameTaken = (): AppError => new AppError('username_taken', { detail: 'This username is taken.' });

/** Writes the folded forms of some names that have none. */
export const keyAccountNames = (prisma: PrismaTransaction): Promise<Keyed> =>
  keyNames((text, values) => prisma.$queryRawUnsafe<Record<string, unknown>[]>(text, ...values), named);
