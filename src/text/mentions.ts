import type { Document, Inline, Mention } from './document.ts';
import { foundIn } from './walk.ts';

/** Who is called in a text, in the order of its words; not in code, nor in the words of a link. */
export const mentionsIn = (document: Document): Mention[] => foundIn(document, { inLine });

const inLine = (nodes: readonly Inline[]): Mention[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'mention') return [node];
    return node.kind !== 'link' && 'children' in node ? inLine(node.children) : [];
  });
