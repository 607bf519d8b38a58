import type { PicturePart } from '../../../../client/index.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The smallest part that may be chosen: less would be a blur, pixels. */
const leastEdge = 64;

const shorterOf = ({ width, height }: PictureSize): number => Math.min(width, height);
const least = (size: PictureSize): number => Math.min(leastEdge, shorterOf(size));

/** The largest square in the middle. */
export function middleOf(size: PictureSize): PicturePart {
  const edge = shorterOf(size);
  return { x: Math.floor((size.width - edge) / 2), y: Math.floor((size.height - edge) / 2), edge };
}

/** Moved by picture pixels, as far as the picture goes. */
export const movedBy = (size: PictureSize, { x, y, edge }: PicturePart, dx: number, dy: number): PicturePart => ({
  x: within(x + dx, size.width - edge),
  y: within(y + dy, size.height - edge),
  edge,
});

/** How far it is magnified: 0 is the largest part, 1 the smallest. */
export function zoomOf(size: PictureSize, { edge }: PicturePart): number {
  const room = shorterOf(size) - least(size);
  return room === 0 ? 0 : (shorterOf(size) - edge) / room;
}

/** Magnified about its middle. */
export function zoomedTo(size: PictureSize, part: PicturePart, zoom: number): PicturePart {
  const edge = Math.round(shorterOf(size) - within(zoom, 1) * (shorterOf(size) - least(size)));
  const shift = (part.edge - edge) / 2;
  return movedBy(size, { x: part.x, y: part.y, edge }, shift, shift);
}

const within = (value: number, most: number): number => Math.max(0, Math.min(most === 1 ? value : Math.round(value), most));
