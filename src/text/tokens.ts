import { addressAt, angledAt, type Found, mailAt } from './addresses.ts';
import type { Inline } from './document.ts';
import { unspacedScripts } from './scripts.ts';
import { Targets } from './targets.ts';

export type MarkKind = 'bold' | 'italic' | 'strike' | 'spoiler';

export type Token =
  | Inline
  | { readonly kind: 'mark'; readonly mark: MarkKind; readonly text: string; readonly opens: boolean; readonly closes: boolean }
  | { readonly kind: 'linkBegin'; readonly href: string }
  | { readonly kind: 'linkEnd' };

const marks: Readonly<Record<string, MarkKind>> = {
  '*': 'italic',
  '**': 'bold',
  _: 'italic',
  __: 'bold',
  '~': 'strike',
  '~~': 'strike',
  '||': 'spoiler',
};
/** A letter or digit of a script that puts spaces between words. */
const wordCharacter = new RegExp(String.raw`(?![${unspacedScripts}])[\p{L}\p{N}]`, 'u');
const letter = /[\p{L}\p{N}]/u;
const mention = /@([a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])?)/iy;
/** What stands before the sign of a mention belongs to its word: `ana@bob` calls nobody. */
const inWord = new RegExp(String.raw`(?![${unspacedScripts}])[\p{L}\p{M}\p{N}]$`, 'u');
/** Somebody of another server, as `@ana@example.org`: nobody of this one. */
const elsewhere = /@[a-z0-9._-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}[\p{L}\p{N}-]{1,62}/iuy;
const escaped = /[*_~`|[@]/;
/** What means something at the beginning of a line alone. */
const escapedAtStart = /[>#-]/;

/** Cuts a text into tokens, from left to right and never back: linear in its length. */
export class Tokens {
  readonly #text: string;
  readonly #hasMail: boolean;
  readonly #runs: Map<number, number[]>;
  readonly #targets: Targets;
  readonly #tokens: Token[] = [];
  /** Tokens of brackets that were opened and not closed yet. */
  #brackets: number[] = [];
  /** How many marks of each kind were opened and not closed yet. */
  readonly #open = new Map<string, number>();
  #plain = 0;

  constructor(text: string) {
    this.#text = text;
    this.#hasMail = text.includes('@');
    this.#runs = runsOf(text);
    this.#targets = new Targets(text);
  }

  read(): Token[] {
    let at = 0;
    while (at < this.#text.length) {
      const length = this.#readAt(at);
      at += length === 0 ? 1 : length;
      if (length > 0) this.#plain = at;
    }
    this.#flush(at);
    return this.#tokens;
  }

  /** Answers how long the token is that begins here; 0 where none does. */
  #readAt(at: number): number {
    const sign = this.#text[at] ?? '';
    if (sign === '\\') return this.#escape(at, this.#text[at + 1] ?? '');
    if (sign === '`') return this.#code(at);
    if (sign === '@') return this.#mention(at);
    if (sign === '[' || (sign === '!' && this.#text[at + 1] === '[')) return this.#bracket(at, sign === '!' ? '![' : '[');
    if (sign === ']') return this.#bracketEnd(at);
    if (sign === '<') return this.#link(at, angledAt(this.#text, at), 2);
    if (sign in marks || sign === '|') return this.#mark(at, sign);
    return this.#word(at, sign);
  }

  #escape(at: number, sign: string): number {
    const isStart = /^\s*$/.test(this.#text.slice(Math.max(0, at - 1), at));
    const isEscaped = escaped.test(sign) || (isStart && escapedAtStart.test(sign));
    return isEscaped ? this.#put(at, { kind: 'text', text: sign }, 2) : 0;
  }

  #bracket(at: number, text: string): number {
    this.#flush(at);
    this.#brackets.push(this.#tokens.length);
    return this.#put(at, { kind: 'text', text }, text.length);
  }

  /** What stands between it and the last open bracket is a link, when a target follows; a link has no other in it. */
  #bracketEnd(at: number): number {
    const begin = this.#brackets.pop();
    const target = begin === undefined ? null : this.#targets.at(at + 1);
    if (begin === undefined || target === null) return 0;
    this.#tokens[begin] = { kind: 'linkBegin', href: target.href };
    this.#brackets = [];
    return this.#put(at, { kind: 'linkEnd' }, 1 + target.length);
  }

  /** Addresses begin where a word begins. */
  #word(at: number, sign: string): number {
    const before = this.#text[at - 1] ?? ' ';
    if (!letter.test(sign) || letter.test(before)) return 0;
    if (/[hw]/i.test(sign)) {
      const found = addressAt(this.#text, at, { isOpen: this.#isOpen, inBrackets: this.#brackets.length > 0 });
      if (found) return this.#link(at, found, 0);
    }
    return this.#hasMail && !/[.%+-]/.test(before) ? this.#link(at, mailAt(this.#text, at), 0) : 0;
  }

  readonly #isOpen = (mark: string): boolean =>
    mark.length === 3 ? this.#isOpen(mark.slice(1)) && this.#isOpen(mark.slice(2)) : (this.#open.get(mark) ?? 0) > 0;

  #link(at: number, found: Found | null, signs: number): number {
    if (!found) return 0;
    const { text, href } = found;
    const children: Inline[] = [{ kind: 'text', text }];
    return this.#put(at, href === null ? { kind: 'text', text } : { kind: 'link', href, children, host: null }, text.length + signs);
  }

  /** As many signs end it as begin it. */
  #code(at: number): number {
    let run = 1;
    while (this.#text[at + run] === '`') run++;
    const ends = this.#runs.get(run) ?? [];
    while (ends.length > 0 && (ends.at(-1) ?? 0) <= at) ends.pop();
    const end = ends.at(-1);
    if (end === undefined) return this.#put(at, { kind: 'text', text: '`'.repeat(run) }, run);
    const text = this.#text.slice(at + run, end);
    // One space each way keeps a sign of code apart from the marks around it.
    const isPadded = /^ .*[^ ].* $/s.test(text) && text.includes('`');
    return this.#put(at, { kind: 'code', text: isPadded ? text.slice(1, -1) : text }, end - at + run);
  }

  #mention(at: number): number {
    if (inWord.test(this.#text.slice(Math.max(0, at - 2), at))) return 0;
    elsewhere.lastIndex = at;
    const [other] = elsewhere.exec(this.#text) ?? [];
    if (other !== undefined) return this.#put(at, { kind: 'text', text: other }, other.length);
    mention.lastIndex = at;
    const [text, name] = mention.exec(this.#text) ?? [];
    return text === undefined || name === undefined
      ? 0
      : this.#put(at, { kind: 'mention', text, names: namesFrom(name.toLowerCase()) }, text.length);
  }

  /** A mark opens before a word's start and closes after a word's end, so `2*3*4` and `snake_case` stay as they are. */
  #mark(at: number, sign: string): number {
    let run = 1;
    while (this.#text[at + run] === sign) run++;
    const [before, after] = [this.#text[at - 1], this.#text[at + run]];
    const opens = !isWord(before) && after !== undefined && !/\s/.test(after);
    const closes = !isWord(after) && before !== undefined && !/\s/.test(before);
    const parts = run === 3 && sign !== '~' && sign !== '|' ? [sign, sign + sign] : [sign.repeat(run)];
    if (parts.some((part) => marks[part] === undefined)) return this.#put(at, { kind: 'text', text: sign.repeat(run) }, run);
    // Three signs open the outer mark first and close the inner one first.
    const ordered = closes && this.#isOpen(parts[0] ?? '') ? parts : parts.toReversed();
    this.#flush(at);
    for (const text of ordered) this.#pushMark(text, opens, closes);
    return run;
  }

  #pushMark(text: string, opens: boolean, closes: boolean): void {
    const mark = marks[text];
    if (!mark) return;
    const open = this.#open.get(text) ?? 0;
    if (closes && open > 0) this.#open.set(text, open - 1);
    else if (opens) this.#open.set(text, open + 1);
    this.#tokens.push({ kind: 'mark', mark, text, opens, closes });
  }

  #put(at: number, token: Token, length: number): number {
    this.#flush(at);
    this.#tokens.push(token);
    return length;
  }

  #flush(upto: number): void {
    if (upto > this.#plain) this.#tokens.push({ kind: 'text', text: this.#text.slice(this.#plain, upto) });
    this.#plain = upto;
  }
}

const isWord = (character: string | undefined): boolean => character !== undefined && wordCharacter.test(character);

/** Where runs of backticks begin, by their length, the last ones first. */
function runsOf(text: string): Map<number, number[]> {
  const runs = new Map<number, number[]>();
  for (const { 0: run, index } of [...text.matchAll(/`+/g)].toReversed()) {
    const found = runs.get(run.length);
    if (found) found.push(index);
    else runs.set(run.length, [index]);
  }
  return runs;
}

/** `ana.lee-2` may be Ana's own name, or `ana` before a dot. */
function namesFrom(name: string): string[] {
  const names = [name];
  for (let at = name.length - 1; at > 0; at--)
    if (/[._-]/.test(name[at] ?? '') && /[a-z0-9]/.test(name[at - 1] ?? '')) names.push(name.slice(0, at));
  return names;
}
