import { heifWalk } from './heif-walk.ts';
import { rewritten, type Walk } from './rewritten.ts';
import { jpegWalk, pngWalk, webpWalk } from './walks.ts';

/** Whose metadata says where they were taken. Files of sound and video have other metadata, which stays. */
const walks: Readonly<Record<string, () => Walk>> = {
  'image/jpeg': jpegWalk,
  'image/png': pngWalk,
  'image/apng': pngWalk,
  'image/webp': webpWalk,
  'image/heic': heifWalk,
  'image/heif': heifWalk,
  'image/avif': heifWalk,
};

/** The same bytes, as many, without the place where a picture was taken: GPS of Exif and of XMP. Pixels and other metadata stay as they are. */
export function withoutLocation(bytes: AsyncIterable<Uint8Array>, mimeType: string): AsyncIterable<Uint8Array> {
  const walk = walks[mimeType];
  return walk ? rewritten(bytes, walk()) : bytes;
}
