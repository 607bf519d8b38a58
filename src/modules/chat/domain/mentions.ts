const everyone = new Set(['all', 'channel', 'everyone']);
const mentionsAtMost = 50;
/** Beyond this many people nobody calls them all: each message would carry them all to each of them. */
export const everyoneAtMost = 200;

/** Names after an @ in a text, lower-case, without repeats. */
export function namesIn(text: string): { names: string[]; all: boolean } {
  if (!text.includes('@')) return { names: [], all: false };
  const names = new Set<string>();
  for (const match of text.matchAll(/(?:^|[^\p{L}\p{N}_@])@([a-z0-9][a-z0-9._-]{0,31})/giu)) {
    names.add((match[1] ?? '').toLowerCase().replace(/[._-]+$/, ''));
    if (names.size >= mentionsAtMost) break;
  }
  const all = [...names].some((name) => everyone.has(name));
  return { names: [...names].filter((name) => !everyone.has(name)), all };
}
