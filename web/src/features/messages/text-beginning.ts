import type { Attachment } from '../../shared/model.ts';

/** So much of a text is read for its card, bytes, and so many lines are shown. */
export const beginningBytes = 2_048;
const mostLines = 20;

const textName = /\.(?:txt|text|log|csv|tsv|md|json|xml|ya?ml|ini|conf|sql|srt|vtt)$/i;

/** Whether its first lines can be shown: the server found it to be text, or it has the name of one and no other type (UTF-16, Windows-1251). */
export const isText = ({ mimeType, name, size }: Attachment): boolean =>
  size > 0 && (/^text\/|^application\/(?:json|xml)$/.test(mimeType) || (mimeType === 'application/octet-stream' && textName.test(name)));

/** Its first lines as a person reads them; null where it is no text. */
export function firstLines(bytes: Uint8Array): string | null {
  const text = decoded(bytes);
  // eslint-disable-next-line no-control-regex -- Control characters but tab, line ends, form feed and escape make a file no text.
  if (/[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/.test(text)) return null;
  const lines = text
    .replaceAll(/\r\n?/g, '\n')
    // What turns the direction of other text, or is not seen, is shown as such.
    // eslint-disable-next-line no-control-regex -- Of those that a text may hold, two are not shown.
    .replaceAll(/[\f\u001b\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .split('\n')
    .slice(0, mostLines)
    .join('\n')
    .trimEnd();
  return lines === '' ? null : lines;
}

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes, { stream: true });
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes, { stream: true });
  try {
    // The last character may be cut off.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}
