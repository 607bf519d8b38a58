import type { Block } from './document.ts';

/** Fewer signs begin no block of code. */
const shortest = 3;
const sign = /^[`~]/;

/** Where fences of each length stand last: one behind which no other follows is text, and no line is read twice to see it. */
export class Fences {
  readonly #lines: readonly string[];
  readonly #last = new Map<string, readonly number[]>();

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  /** Whether a later line begins with as many signs at least. */
  follows(at: number, fence: string): boolean {
    const [kind = ''] = fence;
    const last = this.#last.get(kind) ?? this.#lastOf(kind);
    this.#last.set(kind, last);
    return at < (last[fence.length] ?? -1);
  }

  #lastOf(kind: string): readonly number[] {
    const last: number[] = [];
    for (let at = this.#lines.length - 1; at >= 0; at--) {
      const length = beginningOf((this.#lines[at] ?? '').trimStart(), kind);
      while (last.length <= length) last.push(at);
    }
    return last;
  }
}

export interface Fenced {
  readonly lines: readonly string[];
  readonly fences: Fences;
}

/**
 * The fenced code that begins at a line, and the line after it; null where none does. It ends with as many signs as begin it, or more, so that code may
 * hold shorter fences. A word right behind the first fence names the language; anything longer is code.
 */
export function codeAt({ lines, fences }: Fenced, at: number): readonly [block: Block, next: number] | null {
  const first = (lines[at] ?? '').trim();
  const kind = sign.exec(first)?.[0] ?? '';
  const fence = first.slice(0, beginningOf(first, kind));
  if (fence.length < shortest) return null;
  if (kind === '`' && first.length > 2 * fence.length && first.endsWith(fence))
    return [{ kind: 'code', text: first.slice(fence.length, -fence.length), language: null }, at + 1];
  const rest = first.slice(fence.length).trim();
  const language = /^[\w+#.-]{1,20}$/.test(rest) ? rest : null;
  if (!fences.follows(at, fence) || (kind === '~' && rest !== '' && language === null)) return null;
  const { code, next } = untilClosed(lines, at + 1, fence);
  return [{ kind: 'code', text: [...(rest === '' || language !== null ? [] : [rest]), ...code].join('\n'), language }, next];
}

function untilClosed(lines: readonly string[], from: number, fence: string): { code: readonly string[]; next: number } {
  const code: string[] = [];
  for (let next = from; next < lines.length; next++) {
    const line = (lines[next] ?? '').trimEnd();
    if (!line.endsWith(fence)) {
      code.push(lines[next] ?? '');
      continue;
    }
    const before = line.slice(0, -endingOf(line, fence[0] ?? ''));
    if (before.trim() !== '') code.push(before);
    return { code, next: next + 1 };
  }
  return { code, next: lines.length };
}

function beginningOf(line: string, kind: string): number {
  let length = 0;
  while (kind !== '' && line[length] === kind) length++;
  return length;
}

function endingOf(line: string, kind: string): number {
  let length = 0;
  while (length < line.length && line[line.length - 1 - length] === kind) length++;
  return length;
}
