/**
 * E-mail addresses in the one form that is stored and compared: the local part in NFC and lower case, the domain in A-labels
 * (UTS #46, non-transitional, as browsers and mail servers read it). The local part is what HTML's e-mail field takes
 * (https://html.spec.whatwg.org/#valid-e-mail-address), and letters, marks and digits of other scripts (RFC 6531).
 */

const localPart = /^[\p{L}\p{N}\p{M}.!#$%&'*+/=?^_`{|}~-]+$/u;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** What a URL reads as the end of a host or as an escape. */
const notInHost = /[\s\p{Cc}\p{Cf}%:/?#@[\]\\<>^|"`{}]/u;
const longestDomain = 253;
const longestAddress = 254;

/** A domain in A-labels; null for what is none, as an IP address. */
export function canonicalDomain(typed: string): string | null {
  if (notInHost.test(typed.replace(/[\u200c\u200d]/gu, ''))) return null;
  const host = hostOf(typed);
  if (host === null || host.length > longestDomain) return null;
  const labels = host.split('.');
  return labels.every((one) => label.test(one)) && !/^[0-9]+$/.test(labels.at(-1) ?? '') ? host : null;
}

/** Null for what is no address. */
export function canonicalEmail(typed: string): string | null {
  const text = typed.trim();
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(0, at)).normalize('NFC').toLowerCase().normalize('NFC');
  const domain = canonicalDomain(text.slice(at + 1));
  if (domain === null || !localPart.test(local) || /^\p{M}/u.test(local)) return null;
  const address = `${local}@${domain}`;
  return address.length <= longestAddress ? address : null;
}

/** What somebody signs in with: a username, or an address in its stored form. */
export function canonicalLogin(typed: string): string {
  const plain = typed.normalize('NFKC').trim().toLowerCase();
  return canonicalEmail(typed) ?? canonicalEmail(plain) ?? plain;
}

/** Forms in which a part of an address may stand in a stored one: as it was typed, and with its domain in A-labels. */
export function addressForms(typed: string): string[] {
  const lower = typed.normalize('NFC').trim().toLowerCase();
  const plain = lower.normalize('NFKC');
  const at = plain.lastIndexOf('@') + 1;
  const domain = canonicalDomain(plain.slice(at));
  return [...new Set([lower, plain, ...(domain === null ? [] : [plain.slice(0, at) + domain])])];
}

/** By the parser of URLs, which is UTS #46 in browsers and in Node alike. */
function hostOf(typed: string): string | null {
  try {
    return new URL(`http://${typed}/`).hostname;
  } catch {
    return null;
  }
}
