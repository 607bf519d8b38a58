import { createHmac } from 'node:crypto';
import bcrypt from 'bcrypt';
import { systemClock } from '../../../kernel/clock.ts';
import { type Turn, ConcurrencyLimiter } from '../domain/concurrency-limiter.ts';
import type { PasswordHasher } from '../ports.ts';

const atOnce = 2;
/** About what two cores hash in five seconds: a caller who would wait longer should try again later. */
const known = { places: 64, perGroup: 8 };
const others = { places: 40, perGroup: 24 };
/** bcrypt reads no more bytes than this. */
const bcryptReads = 72;

/** bcrypt on the threads of libuv, two at a time, so that sign-ins block neither the event loop nor file access. */
export class BcryptPasswords implements PasswordHasher {
  readonly #cost: number;
  /** By the clock that deadlines of calls are set by. */
  readonly #limiter = new ConcurrencyLimiter({ atOnce, known, others, now: () => systemClock.monotonic() });
  readonly #nobody: string;

  constructor(cost: number) {
    this.#cost = cost;
    this.#nobody = hashOfNobody(cost);
  }

  get waiting(): number {
    return this.#limiter.waiting;
  }

  hash(password: string, turn: Turn): Promise<string> {
    return this.#limiter.pass(() => bcrypt.hash(digest(password), this.#cost), turn);
  }

  async matches(password: string, hash: string | null, turn: Turn): Promise<boolean> {
    const isSame = await this.#limiter.pass(() => bcrypt.compare(digest(password), hash ?? this.#nobody), turn);
    return isSame && hash !== null;
  }
}

/** A hash of no password at all, as costly to compare as a real one. */
export const hashOfNobody = (cost: number): string => `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;

/**
 * bcrypt reads 72 bytes and stops at NUL, so it gets 72 letters that hold 432 bits of an HMAC. Keyed by our name, because a
 * bare SHA-512 could be one that leaked elsewhere, which would then be guessed without bcrypt's cost.
 */
const digest = (password: string): string =>
  createHmac('sha512', 'confab password').update(password, 'utf8').digest('base64').slice(0, bcryptReads);
