import { parseInline } from './parse-inline.ts';

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'mention'; readonly text: string; readonly username: string };

export type Block =
  { readonly kind: 'paragraph' | 'quote'; readonly children: readonly Inline[] } | { readonly kind: 'code'; readonly text: string };

/**
 * A message's text as blocks: fenced code, quotes (`> `) and paragraphs, whose line breaks stay as typed.
 * One pass over the lines, one over each block: linear in length whatever the text, and never HTML.
 */
export function parseText(text: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = text.split('\n');
  const lastFence = lines.findLastIndex((line) => line.trimStart().startsWith(fence));
  let open: { kind: 'paragraph' | 'quote'; lines: string[] } | null = null;
  const close = () => {
    if (open) pushProse(blocks, open.kind, open.lines.join('\n'));
    open = null;
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trimStart().startsWith(fence) && (at < lastFence || closesOnItself(line))) {
      close();
      at = pushCode(blocks, lines, at);
      continue;
    }
    const kind = quoteMark.test(line) ? 'quote' : 'paragraph';
    const content = kind === 'quote' ? line.replace(quoteMark, '') : line;
    if (open && (open as { kind: string }).kind !== kind) close();
    open ??= { kind, lines: [] };
    (open as { lines: string[] }).lines.push(content);
  }
  close();
  return blocks;
}

const fence = '```';
const quoteMark = /^>(?: |$)/;

const closesOnItself = (line: string): boolean => {
  const trimmed = line.trim();
  return trimmed.length > 2 * fence.length && trimmed.endsWith(fence);
};

/** Returns the index of the last line that belongs to the code. */
function pushCode(blocks: Block[], lines: readonly string[], start: number): number {
  const first = (lines[start] ?? '').trim();
  if (closesOnItself(first)) {
    blocks.push({ kind: 'code', text: first.slice(fence.length, -fence.length) });
    return start;
  }
  // A word right after the opening fence names the language; anything longer is code.
  const rest = first.slice(fence.length);
  const code: string[] = rest === '' || /^[\w+#.-]{1,20}$/.test(rest) ? [] : [rest];
  let at = start + 1;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (!line.trimEnd().endsWith(fence)) {
      code.push(line);
      continue;
    }
    const before = line.trimEnd().slice(0, -fence.length);
    if (before.trim() !== '') code.push(before);
    break;
  }
  blocks.push({ kind: 'code', text: code.join('\n') });
  return at;
}

function pushProse(blocks: Block[], kind: 'paragraph' | 'quote', text: string): void {
  const trimmed = text.replace(/^\n+/, '').trimEnd();
  if (trimmed !== '') blocks.push({ kind, children: parseInline(trimmed) });
}
