import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { newSecret } from '../../../../kernel/ids.ts';

/** A picture whose upper left quarter is red, the rest grey: it shows which way it is turned. */
export function marked(width: number, height: number): Promise<Buffer> {
  const red = { create: { width: Math.ceil(width / 2), height: Math.ceil(height / 2), channels: 3 as const, background: '#ff0000' } };
  return sharp({ create: { width, height, channels: 3, background: '#808080' } })
    .composite([{ input: red, left: 0, top: 0 }])
    .png()
    .toBuffer();
}

/** As a camera with this orientation stores what `marked` shows upright. The values are those of EXIF, 1 to 8. */
export async function photo(orientation: number, { width = 120, height = 80 } = {}): Promise<Buffer> {
  const upright = sharp(await marked(width, height));
  const stored: Readonly<Record<number, () => Sharp>> = {
    1: () => upright,
    2: () => upright.flop(),
    3: () => upright.rotate(180),
    4: () => upright.flip(),
    // Mirrored first, then turned: sharp does so in any order.
    5: () => upright.flop().rotate(270),
    6: () => upright.rotate(270),
    7: () => upright.flop().rotate(90),
    8: () => upright.rotate(90),
  };
  const turned = await (stored[orientation] ?? (() => upright))().png().toBuffer();
  return sharp(turned)
    .jpeg({ quality: 95 })
    .withExif({ IFD0: { Orientation: String(orientation) }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '59/1 56/1 0/1' } })
    .withMetadata({ orientation })
    .toBuffer();
}

/** A few kilobytes that decode to so many pixels. */
export const empty = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#123456' } })
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();

/** A GIF that moves: each frame has another grey. */
export function moving(frames: number, { width = 64, height = 64 } = {}): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * frames * 3);
  for (let frame = 0; frame < frames; frame++)
    pixels.fill((frame * 53) % 256, frame * width * height * 3, (frame + 1) * width * height * 3);
  return sharp(pixels, { raw: { width, height: height * frames, channels: 3, pageHeight: height } })
    .gif({ delay: Array<number>(frames).fill(40), loop: 0 })
    .toBuffer();
}

/** Noise, which no format makes small. */
export const noise = (width: number, height: number): Promise<Buffer> =>
  sharp(Buffer.from(newSecret(width * height * 3), 'base64url'), { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();

/** A PNG whose header claims so many pixels. */
export async function claiming(width: number, height: number): Promise<Buffer> {
  const picture = await empty(1, 1);
  picture.writeUInt32BE(width, 16);
  picture.writeUInt32BE(height, 20);
  picture.writeUInt32BE(crc32(picture.subarray(12, 29)), 29);
  return picture;
}

/** What `marked(120, 80)` shows as a phone stores it: HEVC, turned by 90 degrees. Made by libheif 1.21 with x265, which no package here can. */
export const heic = Buffer.from(
  [
    'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAABxQ',
    'ABAAAAAAAAAKkAAgAAAAACbgABAAAAAAAAACQAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAAB',
    'AAAA4GlwcnAAAADAaXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAw',
    'AeoCiB5ZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABQAAAAeAAAABBwaXhpAAAAAAMICAgAAAAJ',
    'aXJvdAMAAAAYaXBtYQAAAAAAAAABAAEFgQIDBIUAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAANVtZGF0AAAApSgBrwngIY0wENu5lLiyEOEQf677iIc1XL8lhxZoYU',
    'iQhUo7j6c6N21FtyqJSAB2oQXIryNmsdPH0tzT/TuyJmyo9wnZqqAAAB7y7cV37/3z1Nv46N1o1Roqx3Osgtutd7arAOCu0S9uwtz75FJURjAIDx9xU/1T1Zf4t0R8vKAA',
    'AAMAB7gudZLYPZm3jkdGh6L+T+wWdY+Ci/9z7HLfd/XLYAAZEAAAAAZFeGlmAABNTQAqAAAACAABARIAAwAAAAEABgAAAAAAAA==',
  ].join(''),
  'base64',
);
