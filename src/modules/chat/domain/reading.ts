import type { Block, Inline } from '../../../text/document.ts';
import { folded } from '../../../text/folded.ts';
import { parseText } from '../../../text/parse.ts';
import { plainText } from '../../../text/plain.ts';
import { plainOf } from '../../../text/words.ts';

/** One more whenever texts are read into other words than before: stores then read again what they have, behind the searches. */
export const readingVersion = 1;

/** A text without any of these is shown as it is written; a list keeps the words of its items. */
const marks = /[*_~`|[<>#\\]/;

/** What a reader sees of a text, folded: its words without their marks. A query is read in the same way. */
export const shownOf = (text: string): string => folded(marks.test(text) ? plainText(text) : text);

/** What searches look through: what a reader sees, and then where links lead and which language code is of. */
export function readingOf(text: string): string {
  if (!marks.test(text)) return folded(text);
  const shown = plainText(text);
  if (!text.includes('](') && !text.includes('```')) return folded(shown);
  return folded([shown, ...parseText(text).flatMap(besideBlock)].join('\n'));
}

function besideBlock(block: Block): string[] {
  switch (block.kind) {
    case 'code':
      return block.language === null ? [] : [block.language];
    case 'rule':
      return [];
    case 'quote':
      return block.blocks.flatMap(besideBlock);
    case 'list':
      return block.items.flatMap(({ blocks }) => blocks.flatMap(besideBlock));
    case 'table':
      return [block.head, ...block.rows].flatMap((row) => row.flatMap((cell) => cell.flatMap(besideInline)));
    default:
      return block.children.flatMap(besideInline);
  }
}

function besideInline(inline: Inline): string[] {
  if (!('children' in inline)) return [];
  const inner = inline.children.flatMap(besideInline);
  return inline.kind === 'link' && !inline.href.endsWith(plainOf(inline.children)) ? [inline.href, ...inner] : inner;
}
