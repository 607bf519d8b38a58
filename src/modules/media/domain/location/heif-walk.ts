import { largestBlock, type Walk } from './rewritten.ts';
import { eraseExif } from './walks.ts';
import { eraseXmpLocation } from './xmp.ts';

/** Bytes of the file that belong to an item. */
interface Extent {
  readonly kind: 'exif' | 'xmp';
  readonly start: number;
  readonly size: number;
}

const mostItems = 4_096;

/** HEIC and AVIF (ISO/IEC 23008-12): the box `meta` says where Exif and XMP lie, which is behind it. */
export function* heifWalk(): Walk {
  for (let at = 0; ;) {
    const header = yield { take: 8 };
    const size = header.readUInt32BE();
    at += 8;
    if (size < 8) return;
    if (header.toString('latin1', 4) !== 'meta') {
      yield { pass: size - 8 };
      at += size - 8;
      continue;
    }
    if (size > largestBlock) return;
    const extents = extentsIn(yield { take: size - 8 });
    yield* eraseExtents(extents, at + size - 8);
    return;
  }
}

function* eraseExtents(extents: readonly Extent[], from: number): Walk {
  let at = from;
  for (const { kind, start, size } of extents) {
    if (start < at) continue;
    yield { pass: start - at };
    const block = yield { take: size };
    at = start + size;
    if (kind === 'xmp') eraseXmpLocation(block);
    // The first four bytes say where Exif begins behind them.
    else if (size > 4) eraseExif(block.subarray(4 + block.readUInt32BE()));
  }
}

/** In the order of the file. None where the box is malformed. */
function extentsIn(meta: Buffer): readonly Extent[] {
  try {
    const boxes = boxesIn(meta, 4);
    const kinds = kindsIn(boxes.get('iinf') ?? Buffer.alloc(0));
    return placesIn(boxes.get('iloc') ?? Buffer.alloc(0), kinds).sort((a, b) => a.start - b.start);
  } catch {
    return [];
  }
}

function boxesIn(block: Buffer, from: number): ReadonlyMap<string, Buffer> {
  const boxes = new Map<string, Buffer>();
  for (let at = from; at + 8 <= block.byteLength && boxes.size < mostItems;) {
    const size = block.readUInt32BE(at);
    if (size < 8) break;
    boxes.set(block.toString('latin1', at + 4, at + 8), block.subarray(at + 8, at + size));
    at += size;
  }
  return boxes;
}

/** What the items are that may say where a picture was taken, by their ids. */
function kindsIn(iinf: Buffer): ReadonlyMap<number, Extent['kind']> {
  const kinds = new Map<number, Extent['kind']>();
  for (let at = iinf[0] === 0 ? 6 : 8, count = 0; at + 8 <= iinf.byteLength && count < mostItems; count++) {
    const size = iinf.readUInt32BE(at);
    if (size < 8) break;
    const entry = iinf.subarray(at + 8, at + size);
    // Two bytes of protection stand between the id and the kind.
    const wide = entry[0] === 3;
    const id = wide ? entry.readUInt32BE(4) : entry.readUInt16BE(4);
    const kind = entry.toString('latin1', wide ? 10 : 8, wide ? 14 : 12);
    if (kind === 'Exif') kinds.set(id, 'exif');
    if (kind === 'mime' && entry.includes('application/rdf+xml')) kinds.set(id, 'xmp');
    at += size;
  }
  return kinds;
}

/** Of `iloc`, whose numbers have the sizes that it begins with. */
function placesIn(iloc: Buffer, kinds: ReadonlyMap<number, Extent['kind']>): Extent[] {
  const version = iloc.readUInt8(0);
  const sizes = iloc.readUInt16BE(4);
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexBytes = version === 0 ? 0 : sizes & 15;
  const numberBytes = version < 2 ? 2 : 4;
  let at = 6;
  const read = (bytes: number): number => {
    const value = bytes === 0 ? 0 : iloc.readUIntBE(bytes === 8 ? at + 2 : at, Math.min(bytes, 6));
    at += bytes;
    return value;
  };
  const places: Extent[] = [];
  for (let left = Math.min(read(numberBytes), mostItems); left > 0; left--) {
    const kind = kinds.get(read(numberBytes));
    // 0: by the place in the file.
    const method = version === 0 ? 0 : read(2) & 15;
    read(2);
    const base = read(baseBytes);
    for (let extents = read(2); extents > 0; extents--) {
      read(indexBytes);
      const start = base + read(offsetBytes);
      const size = read(lengthBytes);
      if (kind !== undefined && method === 0 && size > 0 && size <= largestBlock) places.push({ kind, start, size });
    }
  }
  return places;
}
