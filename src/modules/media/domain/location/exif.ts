/** Tags whose value is the place of another directory. */
const gpsTag = 0x8825;
const exifTag = 0x8769;
/** Bytes of a value by its type (TIFF 6.0, and Exif 3.0 for 129). */
const typeBytes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 129: 1 };
const entryBytes = 12;
/** A photo has three or four; a chain without end has more. */
const mostDirectories = 16;
/** GPS has 32 tags. */
const mostGpsEntries = 64;
/** A photo has one. */
const mostErased = 4;

interface Tiff {
  readonly block: Buffer;
  u16(at: number): number;
  u32(at: number): number;
  putCount(at: number, count: number): void;
}

/**
 * Takes the GPS directory out of a block of Exif (TIFF), in place: its values, its entries, and the entry that leads to it. Answers whether there was one. What
 * is malformed stays as it is, or becomes zeros; more of it than a photo has is not looked for.
 */
export function eraseExifLocation(block: Buffer): boolean {
  const tiff = tiffOf(block);
  if (tiff === null) return false;
  const seen = new Set<number>();
  const waiting = [tiff.u32(4)];
  let erased = 0;
  for (let at = waiting.pop(); at !== undefined && seen.size < mostDirectories; at = waiting.pop()) {
    if (seen.has(at) || !isDirectory(tiff, at)) continue;
    seen.add(at);
    for (let entry = entryOf(tiff, at, gpsTag); entry !== null && erased < mostErased; entry = entryOf(tiff, at, gpsTag), erased++) {
      const directory = tiff.u32(entry + 8);
      removeEntry(tiff, at, entry);
      eraseDirectory(tiff, directory);
    }
    waiting.push(...furtherFrom(tiff, at));
  }
  return erased > 0;
}

function tiffOf(block: Buffer): Tiff | null {
  if (block.byteLength < 8) return null;
  const order = block.toString('latin1', 0, 4);
  if (order === 'II*\0')
    return {
      block,
      u16: (at) => block.readUInt16LE(at),
      u32: (at) => block.readUInt32LE(at),
      putCount: (at, count) => block.writeUInt16LE(count, at),
    };
  if (order === 'MM\0*')
    return {
      block,
      u16: (at) => block.readUInt16BE(at),
      u32: (at) => block.readUInt32BE(at),
      putCount: (at, count) => block.writeUInt16BE(count, at),
    };
  return null;
}

/** Whether its count and its entries lie within the block. */
const isDirectory = ({ block, u16 }: Tiff, at: number): boolean =>
  at >= 8 && at + 2 <= block.byteLength && at + 2 + u16(at) * entryBytes <= block.byteLength;

function entryOf({ u16 }: Tiff, directory: number, tag: number): number | null {
  for (let index = 0; index < u16(directory); index++) {
    const entry = directory + 2 + index * entryBytes;
    if (u16(entry) === tag) return entry;
  }
  return null;
}

/** Directories that this one leads to. */
function furtherFrom(tiff: Tiff, directory: number): readonly number[] {
  const exif = entryOf(tiff, directory, exifTag);
  const next = directory + 2 + tiff.u16(directory) * entryBytes;
  return [...(exif === null ? [] : [tiff.u32(exif + 8)]), ...(next + 4 <= tiff.block.byteLength ? [tiff.u32(next)] : [])];
}

/** The entries behind it, and the place of the next directory, move up. */
function removeEntry({ block, u16, putCount }: Tiff, directory: number, entry: number): void {
  const count = u16(directory);
  const end = Math.min(directory + 2 + count * entryBytes + 4, block.byteLength);
  block.copy(block, entry, entry + entryBytes, end);
  block.fill(0, end - entryBytes, end);
  putCount(directory, count - 1);
}

/** Each value lies in its entry, or where that says; of entries beyond those that GPS has, the value stays. */
function eraseDirectory(tiff: Tiff, directory: number): void {
  const { block, u16, u32 } = tiff;
  if (!isDirectory(tiff, directory)) return;
  const count = u16(directory);
  for (let index = 0; index < Math.min(count, mostGpsEntries); index++) {
    const entry = directory + 2 + index * entryBytes;
    const size = (typeBytes[u16(entry + 2)] ?? 0) * u32(entry + 4);
    const at = u32(entry + 8);
    if (size > 4 && at >= 8 && at < block.byteLength) block.fill(0, at, Math.min(at + size, block.byteLength));
  }
  block.fill(0, directory, directory + 2 + count * entryBytes);
}
