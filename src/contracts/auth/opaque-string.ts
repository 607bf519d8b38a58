/**
 * A password as RFC 8265 §4.2 compares it: every space of Unicode an ASCII space, then NFC. Case and width stay.
 */
export const opaque = (password: string): string => password.replace(/\p{Zs}/gu, ' ').normalize('NFC');

/**
 * The forms in which a password may stand behind a stored hash: as it is hashed now, then as it was typed and in NFD, for
 * hashes that were made of the typed text. One form where they are the same, as for every ASCII password.
 */
export const formsOfPassword = (password: string): readonly string[] => [
  ...new Set([opaque(password), password, opaque(password).normalize('NFD')]),
];
