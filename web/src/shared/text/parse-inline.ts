import { readLink } from './read-link.ts';
import type { Inline } from './parse.ts';

/**
 * `*bold*`, `_italic_`, `~struck~`, `` `code` ``, links and @mentions. Tokens first, then marks are paired on a stack, then the tree is
 * built: each step is linear, so no text can hold up the page (regular expressions that backtrack can).
 */
export function parseInline(text: string): readonly Inline[] {
  const tokens = tokenise(text);
  return build(tokens, pair(tokens));
}

type MarkKind = 'bold' | 'italic' | 'strike';
type Token =
  Inline | { readonly kind: 'mark'; readonly mark: MarkKind; readonly text: string; readonly opens: boolean; readonly closes: boolean };

const marks: Readonly<Record<string, MarkKind>> = { '*': 'bold', _: 'italic', '~': 'strike' };
const wordCharacter = /[\p{L}\p{N}]/u;
const mention = /@([a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])?)/iy;

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let plain = 0;
  const flush = (upto: number) => {
    if (upto > plain) tokens.push({ kind: 'text', text: text.slice(plain, upto) });
  };
  let at = 0;
  while (at < text.length) {
    const token = tokenAt(text, at);
    if (!token) {
      at += 1;
      continue;
    }
    flush(at);
    tokens.push(token.token);
    at += token.length;
    plain = at;
  }
  flush(text.length);
  return tokens;
}

function tokenAt(text: string, at: number): { token: Token; length: number } | null {
  const character = text[at] ?? '';
  if (character === '`') return codeAt(text, at);
  if (character === '@') return mentionAt(text, at);
  if (character === 'h' || character === 'H') return isWord(text[at - 1]) ? null : readLink(text, at);
  const mark = marks[character];
  return mark ? markAt(text, at, mark) : null;
}

function codeAt(text: string, at: number): { token: Token; length: number } | null {
  const run = text.startsWith('```', at) ? 3 : text.startsWith('``', at) ? 2 : 1;
  const end = text.indexOf('`'.repeat(run), at + run);
  if (end <= at + run) return null;
  return { token: { kind: 'code', text: text.slice(at + run, end) }, length: end - at + run };
}

function mentionAt(text: string, at: number): { token: Token; length: number } | null {
  if (isWord(text[at - 1])) return null;
  mention.lastIndex = at;
  const found = mention.exec(text);
  if (!found?.[1]) return null;
  return { token: { kind: 'mention', text: found[0], username: found[1].toLowerCase() }, length: found[0].length };
}

/** A mark opens before a word's start and closes after a word's end, so `2*3*4` and `snake_case` stay as they are. */
function markAt(text: string, at: number, mark: MarkKind): { token: Token; length: number } {
  const sign = text[at] ?? '';
  const length = text[at + 1] === sign && sign !== '_' ? 2 : 1;
  const before = text[at - 1];
  const after = text[at + length];
  const opens = !isWord(before) && after !== undefined && !/\s/.test(after);
  const closes = !isWord(after) && before !== undefined && !/\s/.test(before);
  return { token: { kind: 'mark', mark, text: text.slice(at, at + length), opens, closes }, length };
}

const isWord = (character: string | undefined): boolean => character !== undefined && wordCharacter.test(character);

/** Index of each opening mark → index of the mark that closes it. Marks opened in between and left alone stay text. */
function pair(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const stack: { index: number; text: string }[] = [];
  const waiting = new Set<string>();
  tokens.forEach((token, index) => {
    if (token.kind !== 'mark') return;
    if (token.closes && waiting.has(token.text)) {
      for (let top = stack.pop(); top; top = stack.pop()) {
        waiting.delete(top.text);
        if (top.text !== token.text) continue;
        pairs.set(top.index, index);
        break;
      }
      return;
    }
    if (!token.opens || waiting.has(token.text)) return;
    stack.push({ index, text: token.text });
    waiting.add(token.text);
  });
  return pairs;
}

function build(tokens: readonly Token[], pairs: ReadonlyMap<number, number>): readonly Inline[] {
  const root: Inline[] = [];
  const frames: { children: Inline[]; end: number; mark: MarkKind | null }[] = [{ children: root, end: -1, mark: null }];
  tokens.forEach((token, index) => {
    const frame = frames[frames.length - 1];
    if (!frame) return;
    if (index === frame.end && frame.mark) {
      frames.pop();
      frames[frames.length - 1]?.children.push({ kind: frame.mark, children: frame.children });
      return;
    }
    const end = pairs.get(index);
    if (token.kind === 'mark' && end !== undefined) frames.push({ children: [], end, mark: token.mark });
    else addInline(frame.children, token.kind === 'mark' ? { kind: 'text', text: token.text } : token);
  });
  return root;
}

/** Neighbouring text becomes one node. */
function addInline(children: Inline[], node: Inline): void {
  const last = children[children.length - 1];
  if (node.kind === 'text' && last?.kind === 'text') children[children.length - 1] = { kind: 'text', text: last.text + node.text };
  else children.push(node);
}
