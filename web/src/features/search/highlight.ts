export interface Part {
  readonly text: string;
  readonly hit: boolean;
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
    if (last && last.hit === hit) parts[parts.length - 1] = { text: last.text + part, hit };
    else parts.push({ text: part, hit });
  }
  return parts;
}
