import type { Block, Document, Inline, Mention } from './document.ts';

/** Who is called in a text, in the order of its words; not in code, nor in the words of a link. */
export const mentionsIn = (document: Document): Mention[] => document.flatMap(ofBlock);

function ofBlock(block: Block): Mention[] {
  switch (block.kind) {
    case 'code':
    case 'rule':
      return [];
    case 'quote':
      return mentionsIn(block.blocks);
    case 'list':
      return block.items.flatMap(({ blocks }) => mentionsIn(blocks));
    case 'table':
      return [...block.head, ...block.rows.flat()].flatMap(ofInlines);
    default:
      return ofInlines(block.children);
  }
}

const ofInlines = (nodes: readonly Inline[]): Mention[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'mention') return [node];
    return node.kind !== 'link' && 'children' in node ? ofInlines(node.children) : [];
  });
