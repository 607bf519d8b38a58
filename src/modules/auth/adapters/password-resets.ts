import type { Role } from '../../../contracts/auth/accounts.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { PrismaTransaction } from '../../../infra/postgres/prisma.ts';
import type { NewReset, PasswordResets, StoredReset } from '../ports.ts';

/** Hashes of reset tokens in `auth.password_resets`. */
export class PrismaPasswordResets implements PasswordResets {
  readonly #prisma: PrismaTransaction;
  readonly #clock: Clock;

  constructor(prisma: PrismaTransaction, clock: Clock) {
    this.#prisma = prisma;
    this.#clock = clock;
  }

  async put(reset: NewReset): Promise<void> {
    await this.forget(reset.userId);
    await this.#prisma.passwordReset.create({ data: reset });
  }

  async find(hash: string): Promise<StoredReset | null> {
    const row = await this.#prisma.passwordReset.findFirst({
      where: { hash, expiresAt: { gt: this.#now() } },
      select: { userId: true, madeBy: true, subjectRole: true },
    });
    return row && { ...row, subjectRole: row.subjectRole as Role | null };
  }

  async spend(hash: string): Promise<boolean> {
    const { count } = await this.#prisma.passwordReset.deleteMany({ where: { hash, expiresAt: { gt: this.#now() } } });
    return count > 0;
  }

  async forget(userId: string): Promise<void> {
    await this.#prisma.passwordReset.deleteMany({ where: { userId } });
  }

  async sweep(): Promise<void> {
    await this.#prisma.passwordReset.deleteMany({ where: { expiresAt: { lt: this.#now() } } });
  }

  #now(): Date {
    return new Date(this.#clock.now());
  }
}
