import { hrefOf } from './addresses.ts';

const longestTarget = 2_048;
const titled = /\(([^\s()]{1,2048})[ \t]+(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'|\([^()\n]{0,200}\))\)/y;

export interface Target {
  readonly href: string;
  readonly length: number;
}

/** Where links lead: `(…)` right behind a closing bracket, without white space, brackets within it balanced. */
export class Targets {
  readonly #text: string;
  /** Of each opening bracket that has one, its closing bracket; found in one go. */
  readonly #ends: ReadonlyMap<number, number>;

  constructor(text: string) {
    this.#text = text;
    this.#ends = text.includes('](') ? endsOf(text) : new Map();
  }

  /** The target that begins at a place; null where there is none, or one that leads nowhere allowed. */
  at(at: number): Target | null {
    if (this.#text[at] !== '(') return null;
    const end = this.#ends.get(at);
    if (end !== undefined) return targetOf(this.#text.slice(at + 1, Math.min(end, at + longestTarget)), end - at + 1);
    titled.lastIndex = at;
    const [whole, target] = titled.exec(this.#text) ?? [];
    return whole === undefined || target === undefined ? null : targetOf(target, whole.length);
  }
}

function targetOf(target: string, length: number): Target | null {
  const href = length > longestTarget ? null : hrefOf(target.replace(/^<(.*)>$/, '$1'));
  return href === null ? null : { href, length };
}

function endsOf(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  let open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (sign === '(') open.push(at);
    else if (sign === ')') {
      const begin = open.pop();
      if (begin !== undefined) ends.set(begin, at);
    } else if (/\s/.test(sign)) open = [];
  }
  return ends;
}
