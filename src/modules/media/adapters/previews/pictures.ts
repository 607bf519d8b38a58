import { stat } from 'node:fs/promises';
import sharp, { type Metadata, type OutputInfo, type Sharp, type SharpOptions } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { FileProperties, Preview } from '../../ports.ts';
import type { Made } from './child.ts';
import type { Ask, Said } from './frames.ts';
import { heicIn, isHeic } from './heic.ts';

/** Pixels of a picture that a preview is made of; a photo of today has 12 to 50 million. */
export const mostPixels = 100_000_000;
/** Pixels of all frames together that a moving preview is made of. */
const mostMovingPixels = 24_000_000;
const [fewestFrames, mostFrames] = [3, 100];
const edges = { small: 480, moving: 320, large: 1_600, hash: 100 };
/** A picture that comes in fewer bytes, and is no larger than its large preview, needs none. */
const smallBytes = 300_000;

/** Nothing but what pictures are in: no SVG, no PDF, whatever a file pretends to be. */
export function restrict(): void {
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  const loaders = ['JpegFile', 'PngFile', 'WebpFile', 'NsgifFile', 'HeifFile', 'TiffFile'].map((name) => `VipsForeignLoad${name}`);
  sharp.unblock({ operation: loaders });
}

/** The first word of it is what the header says; a picture of too many pixels is never decoded. */
export async function lookIntoPicture({ path, mimeType }: Ask, say: (said: Said) => void): Promise<Made> {
  const picture = await pictureIn({ path, mimeType });
  const sized: FileProperties = { width: picture.width, height: picture.height, hasPreview: false };
  say({ kind: 'sized', properties: sized });
  if (picture.decode === null) return { properties: { ...sized, previewFault: 'too_large' }, previews: [] };
  return previewsOf({ ...picture, decode: picture.decode });
}

export const pictureIn = ({ path, mimeType }: Pick<Ask, 'path' | 'mimeType'>): Promise<Picture> =>
  isHeic(mimeType) ? heicIn(path) : plainIn(path);

/** A picture by its header. `width` and `height` are as it is shown. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Bytes. */
  readonly size: number;
  /** The first frame; null where it has too many pixels. */
  readonly decode: (() => Promise<Sharp> | Sharp) | null;
  /** Some frames, where it moves and they can be had. */
  readonly moving: (() => Sharp) | null;
}

const options: SharpOptions = { sequentialRead: true, failOn: 'error', limitInputPixels: mostPixels };

/** A picture that sharp decodes. */
export async function plainIn(path: string): Promise<Picture> {
  const header = await sharp(path, { ...options, limitInputPixels: false }).metadata();
  const { width, height } = header.autoOrient;
  const frames = framesOf(header);
  return {
    width,
    height,
    size: (await stat(path)).size,
    decode: width * height > mostPixels ? null : () => sharp(path, options).autoOrient(),
    moving: frames < 2 ? null : () => sharp(path, { ...options, pages: frames }),
  };
}

/** How many frames of a moving picture fit; 0 where not even a few do. */
function framesOf({ width, height, pages = 1 }: Metadata): number {
  const fitting = Math.floor(mostMovingPixels / (width * height));
  return fitting < Math.min(fewestFrames, pages) ? 0 : Math.min(fitting, pages, mostFrames);
}

/** The picture is decoded once; the smaller ones are made of the large one. Nothing of its metadata is kept. */
export async function previewsOf(picture: Picture & { decode: () => Promise<Sharp> | Sharp }): Promise<Made> {
  const { width, height, size } = picture;
  const large = await within(await picture.decode(), edges.large)
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const hash = await within(rawOf(large), edges.hash).raw().toBuffer({ resolveWithObject: true });
  const thumbhash = Buffer.from(rgbaToThumbHash(hash.info.width, hash.info.height, hash.data)).toString('base64');
  const previews = [await webp('small', picture.moving ? within(picture.moving(), edges.moving) : within(rawOf(large), edges.small))];
  if (!picture.moving && (size > smallBytes || Math.max(width, height) > edges.large)) previews.push(await webp('large', rawOf(large)));
  return { properties: { width, height, thumbhash, hasPreview: true }, previews };
}

const within = (picture: Sharp, edge: number): Sharp =>
  picture.resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true });

export const rawOf = ({ data, info }: { data: Buffer; info: OutputInfo }): Sharp =>
  sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });

const webp = async (name: Preview['name'], picture: Sharp): Promise<Preview> => ({
  name,
  mimeType: 'image/webp',
  bytes: await picture.webp({ quality: 75, effort: 3 }).toBuffer(),
});
