import { fileTypeFromBuffer } from 'file-type';

/** How much of a file its type is read from, bytes. */
export const headBytes = 65_536;

const unknown = 'application/octet-stream';
const declaredText = /^(?:text\/(?!html|xml|javascript)[\w.+-]{1,60}|application\/json)$/;

/** Sound alone in a container of moving pictures begins as those do. */
const soundIn: Readonly<Record<string, string>> = { 'video/webm': 'audio/webm', 'video/mp4': 'audio/mp4' };

/** The media type of a file by how it begins. What the client says counts between kinds of text that no browser runs, and between sound and pictures with it. */
export async function mediaTypeOf(head: Uint8Array, declared: string): Promise<string> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found) return soundIn[found.mime] === declared ? declared : found.mime;
  const text = textOf(head);
  if (text === null) return unknown;
  return markupIn(text) ?? (declaredText.test(declared) ? declared : 'text/plain');
}

/** Null where it is no text in UTF-8. A character may be cut at the end. */
function textOf(head: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    // eslint-disable-next-line no-control-regex -- Control characters but tab, line ends, form feed and escape make a file no text.
    return /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function markupIn(text: string): string | null {
  const start = text.slice(0, 4_096);
  if (/<svg[\s>]/i.test(start)) return 'image/svg+xml';
  if (/<(?:!doctype\s+html|html|head|body|script|iframe|object|embed|meta|link|style|img|form)[\s>/]/i.test(start)) return 'text/html';
  return /^\s*<\?xml/i.test(start) ? 'application/xml' : null;
}

/** Whether a type is among those that may be uploaded, of which one may be `image/*`; where none is named, all are. */
export const isAmong = (type: string, allowed: readonly string[]): boolean =>
  allowed.length === 0 || allowed.some((one) => one === type || (one.endsWith('/*') && type.startsWith(one.slice(0, -1))));
