import { previewOf } from '../../../../src/text/plain.ts';

export interface Part {
  readonly text: string;
  readonly hit: boolean;
}

/** The part of a text around the first word that was looked for, on one line. */
export function excerptOf(text: string, words: string, max: number): string {
  const line = previewOf(text, text.length);
  if (line.length <= max) return line;
  let at = 0;
  for (const { text: part, hit } of highlight(line, words)) {
    if (hit) break;
    at += part.length;
  }
  const hitAt = at < line.length ? at : 0;
  const start = hitAt < max / 2 ? 0 : line.lastIndexOf(' ', hitAt - max / 4) + 1;
  return (start > 0 ? '…' : '') + line.slice(start, start + max).trimEnd() + (start + max < line.length ? '…' : '');
}

/** The text cut at the words that were looked for; a word is lit from its start, as the server finds beginnings and other forms too. */
export function highlight(text: string, words: string): readonly Part[] {
  const wanted = words.toLocaleLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const stems = wanted.map((word) => word.slice(0, Math.max(3, word.length - 2)));
  if (stems.length === 0) return [{ text, hit: false }];
  const parts: Part[] = [];
  for (const [part] of text.matchAll(/[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu)) {
    const hit = stems.some((stem) => part.toLocaleLowerCase().startsWith(stem));
    const last = parts[parts.length - 1];
    if (last?.hit === hit) parts[parts.length - 1] = { text: last.text + part, hit };
    else parts.push({ text: part, hit });
  }
  return parts;
}
