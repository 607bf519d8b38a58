import { AppError } from '../../../kernel/errors.ts';
import { isCommon, withoutTail } from './common-passwords.ts';

interface Owner {
  readonly username: string;
  readonly email: string;
}

/** Throws `weak_password` for what guessers try first. Length is the contract's matter. */
export function requireStrong(password: string, { username, email }: Owner): void {
  // NFKC, so that letters of another width are no other word.
  const plain = password.normalize('NFKC').toLowerCase();
  const isPersonal = [username, email, email.split('@', 1)[0]].some((name) => plain === name || withoutTail(plain) === name);
  if (isPersonal || isCommon(plain) || isPattern(plain))
    throw new AppError('weak_password', { detail: 'This password is easy to guess; choose another.' });
}

/** One thing said again and again, or the alphabet, the digits, a row of keys, up or down. */
const isPattern = (plain: string): boolean => plain.length < longEnough && (new Set(plain).size < 3 || isRepetition(plain) || isRun(plain));

/** From here on nobody knows how often the unit was said. */
const longEnough = 20;

const longestUnit = 4;

function isRepetition(plain: string): boolean {
  for (let unit = 1; unit <= longestUnit; unit++) {
    if (plain.length >= unit * 2 && plain === plain.slice(0, unit).repeat(plain.length).slice(0, plain.length)) return true;
  }
  return false;
}

const rows = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
];
const runs = [...rows, ...rows.map((row) => Array.from(row).reverse().join(''))];

const isRun = (plain: string): boolean => runs.some((run) => run.includes(plain));
