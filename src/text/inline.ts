import type { Inline, Link } from './document.ts';
import { type MarkKind, type Token, Tokens } from './tokens.ts';
import { plainOf } from './words.ts';

/**
 * `**bold**`, `*italic*`, `~~struck~~`, `||spoiler||`, `` `code` ``, links and @mentions. Tokens first, then links, then marks are paired on a
 * stack and the tree is built: each step is linear, so no text can hold up its reader (regular expressions that backtrack can).
 */
export const parseInline = (text: string): readonly Inline[] =>
  special.test(text) ? marked(withLinks(new Tokens(text).read())) : [{ kind: 'text', text }];

/** Most texts have nothing of it. */
const special = /[\\`@[<*_~|]|https?:\/\/|www\./i;

/** Tokens between which marks are paired. */
type Flat = Exclude<Token, { kind: 'linkBegin' | 'linkEnd' }>;

function withLinks(tokens: readonly Token[]): Flat[] {
  const outer: Flat[] = [];
  let link: { href: string; words: Flat[] } | null = null;
  for (const token of tokens) {
    if (token.kind === 'linkBegin') link = { href: token.href, words: [] };
    else if (token.kind !== 'linkEnd') (link ? link.words : outer).push(link ? asWords(token) : token);
    else if (link) {
      outer.push(linkOf(link.href, marked(link.words)));
      link = null;
    }
  }
  return outer;
}

/** In the words of a link nothing else leads anywhere, and nobody is called. */
function asWords(token: Flat): Flat {
  if (token.kind === 'mention') return { kind: 'text', text: token.text };
  return token.kind === 'link' ? { kind: 'text', text: plainOf(token.children) } : token;
}

function linkOf(href: string, words: readonly Inline[]): Link {
  const children: readonly Inline[] = words.length > 0 ? words : [{ kind: 'text', text: href }];
  return { kind: 'link', href, children, host: disguised(plainOf(children), href) };
}

const hostLike = /(?:^|[\s/@(])((?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24})(?![\p{L}\p{N}])/giu;

/** The host that a link leads to, when its words name another one. */
function disguised(words: string, href: string): string | null {
  const { hostname, host, pathname, protocol } = new URL(href);
  const real = protocol === 'mailto:' ? pathname.slice(pathname.lastIndexOf('@') + 1) : hostname;
  for (const [, named = ''] of words.slice(0, 300).matchAll(hostLike)) {
    const url = `https://${named}`;
    if (URL.canParse(url) && new URL(url).hostname.replace(/^www\./, '') !== real.replace(/^www\./, '')) return host || real;
  }
  return null;
}

function marked(tokens: readonly Flat[]): readonly Inline[] {
  const pairs = pair(tokens);
  const root: Inline[] = [];
  const frames: { children: Inline[]; end: number; mark: MarkKind | null }[] = [{ children: root, end: -1, mark: null }];
  tokens.forEach((token, index) => {
    const frame = frames.at(-1);
    if (!frame) return;
    if (index === frame.end && frame.mark) {
      frames.pop();
      frames.at(-1)?.children.push({ kind: frame.mark, children: frame.children });
      return;
    }
    const end = pairs.get(index);
    if (token.kind === 'mark' && end !== undefined) frames.push({ children: [], end, mark: token.mark });
    else add(frame.children, token.kind === 'mark' ? { kind: 'text', text: token.text } : token);
  });
  return root;
}

/** Index of each opening mark → index of the mark that closes it. Marks opened in between and left alone stay text. */
function pair(tokens: readonly Flat[]): ReadonlyMap<number, number> {
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

/** Neighbouring text becomes one node. */
function add(children: Inline[], node: Inline): void {
  const last = children.at(-1);
  if (node.kind === 'text' && last?.kind === 'text') children[children.length - 1] = { kind: 'text', text: last.text + node.text };
  else children.push(node);
}
