/** Longer ones are text: what no browser opens, and no reader reads. */
const longestLink = 2_048;

export interface Found {
  readonly text: string;
  /** Null where it is no address: then it is text, and nothing in it is looked at again, so that reading stays linear. */
  readonly href: string | null;
}

/**
 * Signs that end an address: white space, quotes, and of all scripts but ASCII brackets, dashes that part sentences and the signs that end these, for
 * browsers write them encoded when they copy an address. What is not drawn ends it too: it would turn the order of the rest around.
 * An apostrophe may stand in a word, joiners in words of some scripts.
 */
const signs = String.raw`(?:[!#-;=?-_a-~]|(?![\s\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Term}\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u2014\u2015\u2026\u22ef\u275b-\u2760\uff02\uff07\uff1c\uff1e\uff40\uff5e])[^\0-\x7f]|[\u2019\u200c\u200d])`;
const address = new RegExp(String.raw`(?:https?:\/\/|www\.)${signs}+`, 'iuy');
/** Within the words of a link, which end where its target begins. */
const addressInWords = new RegExp(String.raw`(?:https?:\/\/|www\.)(?:(?!\]\()${signs})+`, 'iuy');
const angled = /<((?:https?:\/\/|mailto:)[^\s<>]+|[^\s<>@:]{1,64}@[^\s<>@]{1,255})>/iy;
const mail = /[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,63}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/uy;
const sentenceEnds = new Set(".,;:!?'’‘".split(''));
const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** What a text has before an address. */
export interface Before {
  /** Whether a mark was opened and not closed: at the end of the address it closes there, any other is part of the address. */
  readonly isOpen: (mark: string) => boolean;
  readonly inBrackets: boolean;
}

/** The address that begins at a place of a text, without the signs that end the sentence around it. */
export function addressAt(text: string, at: number, { isOpen, inBrackets }: Before): Found | null {
  const pattern = inBrackets ? addressInWords : address;
  pattern.lastIndex = at;
  const whole = pattern.exec(text)?.[0];
  if (whole === undefined) return null;
  const shown = whole.length > longestLink ? whole : withoutTail(whole, isOpen);
  return { text: shown, href: shown.length > longestLink ? null : hrefOf(shown) };
}

/** `<https://…>` or `<ana@example.org>`; the text is what stands between the signs. */
export function angledAt(text: string, at: number): Found | null {
  angled.lastIndex = at;
  const inside = angled.exec(text)?.[1];
  if (inside === undefined || inside.length > longestLink) return null;
  const href = hrefOf(/^(?:https?|mailto):/i.test(inside) ? inside : `mailto:${inside}`);
  return href === null ? null : { text: inside, href };
}

export function mailAt(text: string, at: number): Found | null {
  mail.lastIndex = at;
  const found = mail.exec(text)?.[0];
  return found === undefined ? null : { text: found, href: `mailto:${found}` };
}

/** What a link may lead to: http, https and mailto; null for anything else. */
export function hrefOf(typed: string): string | null {
  const whole = /^www\./i.test(typed) ? `https://${typed}` : typed;
  if (!/^(?:https?:\/\/|mailto:)/i.test(whole) || !URL.canParse(whole)) return null;
  const { href, protocol } = new URL(whole);
  return ['http:', 'https:', 'mailto:'].includes(protocol) ? href : null;
}

/** Closing brackets stay when the address opened them, as many encyclopaedia addresses do. */
function withoutTail(found: string, opened: (mark: string) => boolean): string {
  const open = new Map(Object.entries(pairs).map(([close, begin]) => [close, count(found, begin) - count(found, close)]));
  let end = found.length;
  for (;;) {
    const last = found[end - 1] ?? '';
    const balance = open.get(last);
    if (balance !== undefined && balance < 0) open.set(last, balance + 1);
    else if (!sentenceEnds.has(last)) {
      const mark = markEnding(found.slice(Math.max(0, end - 3), end));
      if (mark === null || !opened(mark)) break;
      end -= mark.length - 1;
    }
    end--;
  }
  return found.slice(0, end);
}

const markEnding = (tail: string): string | null => /(?:\*{1,3}|_{1,3}|~{1,2}|\|\|)$/.exec(tail)?.[0] ?? null;

function count(text: string, character: string): number {
  let found = 0;
  for (const one of text) if (one === character) found += 1;
  return found;
}
