import { createHash } from 'node:crypto';
import bcrypt from 'bcrypt';
import { AppError } from '../../../kernel/errors.ts';
import { newSecret } from '../../../kernel/ids.ts';
import { isCommon } from './common-passwords.ts';

const atOnce = 2;
const waitingAtMost = 100;

/** Throws `weak_password` for what guessers try first. */
export function requireStrong(password: string, { username, email }: { username: string; email: string }): void {
  const plain = password.toLowerCase();
  const isPersonal = plain === username || plain === email || plain === email.split('@')[0];
  if (isPersonal || isCommon(plain) || new Set(plain).size < 3) {
    throw new AppError('weak_password', { detail: 'This password is easy to guess; choose another.' });
  }
}

/**
 * Password hashes: bcrypt of the SHA-512 of the password, because bcrypt alone reads 72 bytes. At most two are made at
 * once, off the event loop; beyond a hundred waiting, callers are told to come back (G14).
 */
export class Passwords {
  readonly #cost: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #nobody: Promise<string> | null = null;

  constructor(cost: number) {
    this.#cost = cost;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  hash(password: string): Promise<string> {
    return this.#inTurn(() => bcrypt.hash(digest(password), this.#cost));
  }

  /** Takes as long for an account that does not exist (`hash` null) as for one that does. */
  async matches(password: string, hash: string | null): Promise<boolean> {
    const against = hash ?? (await (this.#nobody ??= this.hash(newSecret())));
    const same = await this.#inTurn(() => bcrypt.compare(digest(password), against));
    return same && hash !== null;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= atOnce) {
      if (this.#waiting.length >= waitingAtMost) throw new AppError('unavailable', { detail: 'Too many sign-ins at once.', retryAfter: 2 });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}

const digest = (password: string): string => createHash('sha512').update(password, 'utf8').digest('base64');
