import type { Inline } from '../../../text/document.ts';
import { folded } from '../../../text/folded.ts';
import { parseText } from '../../../text/parse.ts';
import { plainText, plainTextOf } from '../../../text/plain.ts';
import { foundIn } from '../../../text/walk.ts';
import { plainOf } from '../../../text/words.ts';

/** One more whenever texts are read into other words than before: stores then read again what they have, behind the searches. */
export const readingVersion = 2;

/** A text without any of these is shown as it is written; a list keeps the words of its items. */
const marks = /[*_~`|[<>#\\]/;

/** Whether a text has no mark at all: a reader sees it as it is written. */
export const isUnmarked = (text: string): boolean => !marks.test(text);

/** What a reader sees of a text, folded: its words without their marks. A query is read in the same way. */
export const shownOf = (text: string): string => folded(isUnmarked(text) ? text : plainText(text));

/** What searches look through: what a reader sees, and then where links lead and which language code is of. */
export function readingOf(text: string): string {
  if (isUnmarked(text)) return folded(text);
  const document = parseText(text);
  const shown = plainTextOf(document);
  if (!text.includes('](') && !/```|~~~/.test(text)) return folded(shown);
  return folded([shown, ...foundIn(document, { inLine: targetsIn, inCode: languageOf })].join('\n'));
}

const languageOf = ({ language }: { language: string | null }): string[] => (language === null ? [] : [language]);

const targetsIn = (nodes: readonly Inline[]): string[] =>
  nodes.flatMap((node) => {
    if (!('children' in node)) return [];
    const inner = targetsIn(node.children);
    return node.kind === 'link' && !node.href.endsWith(plainOf(node.children)) ? [node.href, ...inner] : inner;
  });
