import type { OutputInfo, Sharp } from 'sharp';
import type { Cut, FileProperties, Square } from '../../ports.ts';
import type { Ask, Said } from './frames.ts';
import { pictureIn, rawOf } from './pictures.ts';

type Raw = { data: Buffer; info: OutputInfo };

/** The picture is decoded once, upright; nothing of its metadata is kept. */
export async function cutSquares(ask: Ask, cut: Cut, say: (said: Said) => void): Promise<void> {
  const fault = (previewFault: NonNullable<FileProperties['previewFault']>) =>
    say({ kind: 'made', properties: { hasPreview: false, previewFault }, previews: [] });
  try {
    const picture = await pictureIn(ask);
    if (picture.decode === null) fault('too_large');
    else say({ kind: 'cut', squares: await squaresOf(await picture.decode(), placeOf(picture, cut), cut.edges) });
  } catch {
    fault('unreadable');
  }
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A square within the picture, whatever was asked for. */
function placeOf({ width, height }: { readonly width: number; readonly height: number }, { x, y, edge }: Cut): Place {
  const shorter = Math.min(width, height);
  if (edge === null)
    return { left: Math.floor((width - shorter) / 2), top: Math.floor((height - shorter) / 2), width: shorter, height: shorter };
  const side = Math.max(1, Math.min(edge, shorter));
  return { left: Math.min(x, width - side), top: Math.min(y, height - side), width: side, height: side };
}

async function squaresOf(picture: Sharp, place: Place, edges: readonly number[]): Promise<readonly Square[]> {
  const largest = Math.max(...edges);
  const cut = await picture
    .extract(place)
    .resize({ width: largest, height: largest })
    .toColourspace('srgb')
    .flatten({ background: '#fff' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const squares: Square[] = [];
  for (const edge of edges) squares.push({ edge, bytes: await webp(cut, edge) });
  return squares;
}

const webp = (raw: Raw, edge: number): Promise<Buffer> =>
  rawOf(raw).resize({ width: edge, height: edge }).webp({ quality: 80, effort: 4 }).toBuffer();
