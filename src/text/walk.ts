import type { Block, Document, Inline } from './document.ts';

interface Finder<T> {
  /** Of a line, a cell or an item. */
  readonly inLine: (nodes: readonly Inline[]) => readonly T[];
  readonly inCode?: (code: Block & { kind: 'code' }) => readonly T[];
}

/** What is found in the pieces of a document, in its order. */
export const foundIn = <T>(document: Document, finder: Finder<T>): T[] => document.flatMap((block) => inBlock(block, finder));

function inBlock<T>(block: Block, finder: Finder<T>): readonly T[] {
  switch (block.kind) {
    case 'code':
      return finder.inCode?.(block) ?? [];
    case 'rule':
      return [];
    case 'quote':
      return foundIn(block.blocks, finder);
    case 'list':
      return block.items.flatMap(({ blocks }) => foundIn(blocks, finder));
    case 'table':
      return [...block.head, ...block.rows.flat()].flatMap(finder.inLine);
    default:
      return finder.inLine(block.children);
  }
}
