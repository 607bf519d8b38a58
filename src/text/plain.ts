import type { Block, Document, Item } from './document.ts';
import { beginningOf } from './graphemes.ts';
import { parseText } from './parse.ts';
import { plainOf, type Words } from './words.ts';

/** A text as it is read, without its marks: line by line, with what stands in spoilers. What a search looks through. */
export const plainText = (text: string): string => plainTextOf(parseText(text));

/** The same of a text that was parsed already. */
export const plainTextOf = (document: Document): string => blocksOf(document, '\n', { hidden: null });

/**
 * One line of a text without its marks, for lists and notices; at most `max` UTF-16 units, cut between whole signs. Spoilers stay hidden, also
 * one that ends behind what is left of the text (`isCut`: there was more of it).
 */
export function previewOf(text: string, max: number, isCut = false): string {
  const beginning = beginningOf(text, max * 4);
  const document = parseText(isCut || beginning.length < text.length ? closed(beginning) : beginning);
  const line = blocksOf(document, ' ', { hidden: '░░░' }).replace(/\s+/g, ' ').trim();
  return line.length > max ? `${beginningOf(line, max - 1).trimEnd()}…` : line;
}

const closed = (text: string): string => (text.split('||').length % 2 === 0 ? `${text.trimEnd()}||` : text);

const blocksOf = (document: Document, between: string, words: Words): string =>
  document.map((block) => blockOf(block, between, words)).join(between);

function blockOf(block: Block, between: string, words: Words): string {
  switch (block.kind) {
    case 'code':
      return block.text;
    case 'rule':
      return '';
    case 'quote':
      return blocksOf(block.blocks, between, words);
    case 'list':
      return block.items.map((item) => `${markOf(item)} ${blocksOf(item.blocks, between, words)}`).join(between);
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map((cell) => plainOf(cell, words)).join(' ')).join(between);
    default:
      return plainOf(block.children, words);
  }
}

const markOf = ({ value }: Item): string => (value === null ? '•' : `${String(value)}.`);
