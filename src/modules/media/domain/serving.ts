import { create } from 'content-disposition';
import type { StoredFile } from '../ports.ts';

/** What a browser may show by itself: nothing of this runs a script or loads another thing. SVG, HTML and XML are none of them. */
const passive = /^(?:image\/(?:png|apng|jpeg|gif|webp|avif|bmp)|(?:audio|video)\/[\w.+-]+|text\/plain)$/;
const active = /html|xml|svg|javascript|ecmascript/;

export const etagOf = ({ sha256 }: Pick<StoredFile, 'sha256'>): string => `"${sha256}"`;

/** Whether a browser shows it as a picture. */
export const isPicture = ({ mimeType }: Pick<StoredFile, 'mimeType'>): boolean => passive.test(mimeType) && mimeType.startsWith('image/');

/** Whether a browser shows or plays it, and nothing of it is read as text. */
export const isPlayable = ({ mimeType }: Pick<StoredFile, 'mimeType'>): boolean => passive.test(mimeType) && mimeType !== 'text/plain';

/** The headers of a download, whatever part of it is answered. Others must not keep it, and it is asked for again each time: access may end. */
export const headersOf = (file: Pick<StoredFile, 'name' | 'mimeType' | 'sha256'>): Readonly<Record<string, string>> => ({
  'Content-Type': typeOf(file),
  'Content-Disposition': create(file.name, { type: passive.test(file.mimeType) ? 'inline' : 'attachment' }),
  'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'private, no-cache',
  'Accept-Ranges': 'bytes',
  ETag: etagOf(file),
});

function typeOf({ mimeType }: Pick<StoredFile, 'mimeType'>): string {
  if (active.test(mimeType)) return 'application/octet-stream';
  return mimeType === 'text/plain' ? 'text/plain; charset=utf-8' : mimeType;
}
