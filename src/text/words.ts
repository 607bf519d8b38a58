import type { Inline } from './document.ts';

export interface Words {
  /** Stands for what is hidden until it is opened; null shows it. */
  readonly hidden: string | null;
}

/** The words of a piece of a text. */
export const plainOf = (nodes: readonly Inline[], words: Words = { hidden: null }): string =>
  nodes
    .map((node) => {
      if (node.kind === 'spoiler' && words.hidden !== null) return words.hidden;
      return 'children' in node ? plainOf(node.children, words) : node.text;
    })
    .join('');
