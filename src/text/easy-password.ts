import { isCommon, withoutTail } from './common-passwords.ts';

export interface PasswordOwner {
  readonly username: string;
  readonly email: string;
}

/** What guessers try first: leaked heads, runs of keys, repetitions, and one's own name. Length is the contract's matter. */
export function isEasyToGuess(password: string, { username, email }: PasswordOwner): boolean {
  // NFKC, so that letters of another width are no other word.
  const plain = password.normalize('NFKC').toLowerCase();
  const names = [username, email, email.split('@', 1)[0]];
  return names.some((name) => plain === name || withoutTail(plain) === name) || isCommon(plain) || isPattern(plain);
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
