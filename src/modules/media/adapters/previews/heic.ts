import { readFile } from 'node:fs/promises';
import heic from 'heic-decode';
import sharp from 'sharp';
import type { Picture } from './pictures.ts';

/** It is decoded whole, in memory. */
const mostPixels = 32_000_000;

export const isHeic = (mimeType: string): boolean => /^image\/hei[cf]/.test(mimeType);

/** Photos of phones, which sharp cannot decode (HEVC). The decoder turns them as they are shown. */
export async function heicIn(path: string): Promise<Picture> {
  const bytes = await readFile(path);
  const [first] = await heic.all({ buffer: bytes });
  if (!first) throw new Error('no picture is in it');
  const { width, height } = first;
  return {
    width,
    height,
    // No browser but one shows the original: it has a large preview in any case.
    size: Number.POSITIVE_INFINITY,
    decode:
      width * height > mostPixels
        ? null
        : async () => sharp(Buffer.from((await first.decode()).data.buffer), { raw: { width, height, channels: 4 } }),
    moving: null,
  };
}
