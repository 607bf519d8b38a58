/** Enough that nobody guesses it who sees what is derived from it. */
export const secretLengthAtLeast = 32;
export const secretRemedy = 'make one with: openssl rand -base64 32';

/** 16 random bytes in hex have fewer once in 20 million times. */
const differentLettersAtLeast = 8;
const longestPattern = 16;
/** Words of examples and placeholders: whoever copies a configuration copies them too. */
const placeholders =
  /change.?me|example|placeholder|replace.?(me|this)|your.?secret|secret.?(here|key)|password|confab.?secret|test.?secret|^x+$/i;
const rows = ['0123456789', '9876543210', 'abcdefghijklmnopqrstuvwxyz', 'zyxwvutsrqponmlkjihgfedcba', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const shortestRun = 3;
/** Letters that are part of no run. */
const freeLettersAtLeast = 12;

/** What is wrong with a secret, or null. It finds the obvious only: nothing can distinguish a random text from a memorised one. */
export function secretFault(secret: string): string | null {
  if (secret.length < secretLengthAtLeast) return `must have at least ${String(secretLengthAtLeast)} characters: ${secretRemedy}`;
  if (isObvious(secret.toLowerCase())) return `can be guessed: ${secretRemedy}`;
  return null;
}

const isObvious = (text: string): boolean =>
  new Set(text).size < differentLettersAtLeast ||
  placeholders.test(text) ||
  isPattern(text) ||
  withoutRuns(text).length < freeLettersAtLeast;

/** One short text again and again. */
function isPattern(text: string): boolean {
  for (let length = 1; length <= longestPattern; length++) {
    if (text === text.slice(0, length).repeat(text.length).slice(0, text.length)) return true;
  }
  return false;
}

/** Without letters or digits in the order of the alphabet or the keyboard. */
function withoutRuns(text: string): string {
  let left = '';
  for (let at = 0; at < text.length;) {
    const length = runAt(text, at);
    if (length < shortestRun) left += text.slice(at, at + 1);
    at += length < shortestRun ? 1 : length;
  }
  return left;
}

function runAt(text: string, at: number): number {
  let length = 1;
  while (at + length < text.length && rows.some((row) => row.includes(text.slice(at, at + length + 1)))) length++;
  return length;
}
