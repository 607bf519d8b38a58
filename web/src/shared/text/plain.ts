import { parseText, type Block, type Inline } from './parse.ts';

/** One line of a text without its marks, for previews; `max` in UTF-16 units. */
export function previewOf(text: string, max: number): string {
  const line = parseText(text.slice(0, max * 4))
    .map(plainBlock)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > max ? `${line.slice(0, max - 1).trimEnd()}…` : line;
}

const plainBlock = (block: Block): string => (block.kind === 'code' ? block.text : block.children.map(plainInline).join(''));

const plainInline = (node: Inline): string => ('children' in node ? node.children.map(plainInline).join('') : node.text);
