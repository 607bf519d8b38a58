import type { Clock } from '../../../kernel/clock.ts';
import type { PrismaTransaction } from '../../../kernel/database/prisma.ts';
import type { PasswordResets } from '../ports.ts';

/** Hashes of reset tokens in `auth.password_resets`. */
export class PrismaPasswordResets implements PasswordResets {
  readonly #prisma: PrismaTransaction;
  readonly #clock: Clock;

  constructor(prisma: PrismaTransaction, clock: Clock) {
    this.#prisma = prisma;
    this.#clock = clock;
  }

  async put(reset: { readonly hash: string; readonly userId: string; readonly expiresAt: Date }): Promise<void> {
    await this.forget(reset.userId);
    await this.#prisma.passwordReset.create({ data: reset });
  }

  async find(hash: string): Promise<string | null> {
    const row = await this.#prisma.passwordReset.findFirst({ where: { hash, expiresAt: { gt: this.#now() } } });
    return row?.userId ?? null;
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
