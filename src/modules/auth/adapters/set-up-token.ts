import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../../../kernel/clock.ts';
import type { Database } from '../../../kernel/database.ts';
import type { PrismaClient, PrismaTransaction } from '../../../infra/postgres/prisma.ts';
import { holdProcessLock, type Release } from '../../../infra/postgres/process-lock.ts';
import { newSecret } from '../../../kernel/ids.ts';
import type { SecretBox } from '../../../kernel/secret-box.ts';
import type { SetUpToken } from '../ports.ts';

/** The advisory lock of the process that shows the token. */
const showing = 7_110_002;

/** The set-up token: in the one row of `auth.setup` for all processes, in a file for the person. */
export class StoredSetUpToken implements SetUpToken {
  readonly #prisma: PrismaClient;
  readonly #box: SecretBox;
  readonly #file: string;
  readonly #database: Database;
  #release: Release | null = null;
  #isDone = false;

  constructor(prisma: PrismaClient, { database, box, dataDir }: { database: Database; box: SecretBox; dataDir: string }) {
    this.#prisma = prisma;
    this.#database = database;
    this.#box = box;
    this.#file = join(dataDir, 'setup-token');
  }

  async prepare(): Promise<void> {
    await this.#prisma.setUp.createMany({ data: { tokenBox: this.#box.seal(newSecret()) }, skipDuplicates: true });
    const token = await this.read();
    if (token === null) {
      await this.forget();
      return;
    }
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(this.#file, `${token}\n`, { mode: 0o600 });
    await chmod(this.#file, 0o600);
  }

  /** A token sealed under another secret is replaced. */
  async read(): Promise<string | null> {
    // Not `findUnique`: Prisma joins several of one tick into an `in`, which a boolean key does not have.
    const row = await this.#prisma.setUp.findFirst();
    if (!row?.tokenBox) return null;
    return this.#box.open(row.tokenBox) ?? this.#replace(row.tokenBox);
  }

  /** Read from the database until it is true; it never becomes false again. */
  async isDone(): Promise<boolean> {
    this.#isDone ||= (await this.#prisma.setUp.count({ where: { doneAt: { not: null } } })) > 0;
    return this.#isDone;
  }

  async claimShowing(): Promise<boolean> {
    if (this.#release) return true;
    const release = await holdProcessLock(this.#database, showing);
    if (release) this.#release = release;
    return release !== null;
  }

  forget(): Promise<void> {
    this.stop();
    return rm(this.#file, { force: true });
  }

  stop(): void {
    this.#release?.();
    this.#release = null;
  }

  /** Null when another process was faster; the next call returns the token of that process. */
  async #replace(tokenBox: string): Promise<string | null> {
    const fresh = newSecret();
    const { count } = await this.#prisma.setUp.updateMany({ where: { tokenBox }, data: { tokenBox: this.#box.seal(fresh) } });
    return count > 0 ? fresh : null;
  }
}

export async function spendSetUp(prisma: PrismaTransaction, clock: Clock): Promise<boolean> {
  const { count } = await prisma.setUp.updateMany({ where: { doneAt: null }, data: { doneAt: new Date(clock.now()), tokenBox: null } });
  return count > 0;
}
