interface Size {
  readonly width: number;
  readonly height: number;
}

const largest: Size = { width: 360, height: 300 };
/** What can be seen and pressed. */
const least = 48;
const tile = 160;

/** The box of a picture that stands alone, CSS pixels: its own proportions, no larger than itself. Of several each is a tile. */
export function boxOf({ width, height }: Size, count: number): Size {
  if (count > 1) return { width: tile, height: tile };
  const scale = Math.min(1, largest.width / width, largest.height / height);
  return { width: Math.max(least, Math.round(width * scale)), height: Math.max(least, Math.round(height * scale)) };
}
