/** Longer ones are text: what no browser opens, and no reader reads. */
const longestLink = 2_048;

/**
 * What stands at this place of a text where an http(s) address begins, without the punctuation that ends the sentence around it: a link, or
 * text where it is no address. Either way nothing in it is looked at again, so that reading stays linear.
 */
export function readLink(text: string, at: number): { token: LinkOrText; length: number } | null {
  address.lastIndex = at;
  const found = address.exec(text)?.[0];
  if (!found) return null;
  const shown = found.length > longestLink ? found : withoutTail(found);
  const href = shown.length > longestLink ? null : checked(shown);
  if (href === null) return { token: { kind: 'text', text: found }, length: found.length };
  return { token: { kind: 'link', text: shown, href }, length: shown.length };
}

type LinkOrText = { kind: 'link'; text: string; href: string } | { kind: 'text'; text: string };

const address = /https?:\/\/[^\s<>"`]+/iy;
const tail = new Set(".,;:!?'*_~»”’".split(''));

/** Closing brackets stay when the address opened them, as many encyclopaedia addresses do. */
function withoutTail(found: string): string {
  let round = count(found, '(') - count(found, ')');
  let square = count(found, '[') - count(found, ']');
  let end = found.length;
  for (; end > 0; end--) {
    const last = found[end - 1] ?? '';
    if (last === ')' && round < 0) round += 1;
    else if (last === ']' && square < 0) square += 1;
    else if (!tail.has(last)) break;
  }
  return found.slice(0, end);
}

function count(text: string, character: string): number {
  let found = 0;
  for (const one of text) if (one === character) found += 1;
  return found;
}

function checked(shown: string): string | null {
  if (!URL.canParse(shown)) return null;
  const url = new URL(shown);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}
