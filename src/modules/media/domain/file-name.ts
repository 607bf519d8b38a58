const longest = 255;
const longestExtension = 20;
/** Control characters, line ends, and marks that change the direction in which a name is read. */
const unseen = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A name as people see it: the last part of a path, in NFC, at most 255 UTF-16 units with its extension kept. Never a part of a place on a disk. */
export function fileNameOf(given: string): string {
  const last = given.slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
  const name = withoutLoneSurrogates(last).replace(unseen, '').normalize('NFC').trim();
  return /^\.*$/.test(name) ? 'file' : shortened(name);
}

const withoutLoneSurrogates = (text: string): string => text.replace(/\p{Surrogate}/gu, '');

function shortened(name: string): string {
  if (name.length <= longest) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= longestExtension ? name.slice(dot) : '';
  return withoutLoneSurrogates(name.slice(0, longest - extension.length)) + extension;
}
