import { formsOfPassword, opaque } from '../../contracts/auth/opaque-string.ts';
import type { Turn } from './domain/concurrency-limiter.ts';
import type { PasswordHasher } from './ports.ts';

/** Makes every hash that is stored. */
export const hashPassword = (passwords: PasswordHasher, password: string, turn: Turn): Promise<string> =>
  passwords.hash(opaque(password), turn);

/** `former`: the hash was made of the typed text, before passwords had one form; another should take its place. */
export type PasswordMatch = 'no' | 'yes' | 'former';

/** Takes as long for an account without a hash as for one with it: each form is compared. */
export async function matchPassword(
  passwords: PasswordHasher,
  { password, hash }: { readonly password: string; readonly hash: string | null },
  turn: Turn,
): Promise<PasswordMatch> {
  const [form = '', ...former] = formsOfPassword(password);
  if (await passwords.matches(form, hash, turn)) return 'yes';
  for (const text of former) if (await passwords.matches(text, hash, turn)) return 'former';
  return 'no';
}
