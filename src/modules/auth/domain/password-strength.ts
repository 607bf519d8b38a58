import { AppError } from '../../../kernel/errors.ts';
import { isEasyToGuess, type PasswordOwner } from '../../../text/easy-password.ts';

/** Throws `weak_password` for what guessers try first. */
export function requireStrong(password: string, owner: PasswordOwner): void {
  if (isEasyToGuess(password, owner)) throw new AppError('weak_password', { detail: 'This password is easy to guess; choose another.' });
}
