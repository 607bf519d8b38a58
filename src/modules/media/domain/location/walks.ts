import { crc32 } from './crc32.ts';
import { eraseExifLocation } from './exif.ts';
import { largestBlock, type Walk } from './rewritten.ts';
import { eraseXmpLocation } from './xmp.ts';

const exifName = 'Exif\0\0';
const xmpName = 'http://ns.adobe.com/xap/1.0/\0';
const moreXmpName = 'http://ns.adobe.com/xmp/extension/\0';

const beginsWith = (block: Buffer, name: string): boolean => block.toString('latin1', 0, name.length) === name;

/** Exif with or without its name in front, as writers differ. */
export const eraseExif = (block: Buffer): boolean =>
  eraseExifLocation(beginsWith(block, exifName) ? block.subarray(exifName.length) : block);

/** Segments of a JPEG up to the first one of pixels (ITU-T T.81, annex B). */
export function* jpegWalk(): Walk {
  if ((yield { take: 2 }).readUInt16BE() !== 0xffd8) return;
  for (;;) {
    const marker = yield { take: 2 };
    if (marker[0] !== 0xff) return;
    let kind = marker[1];
    // Bytes of 0xff may stand before a marker.
    while (kind === 0xff) kind = (yield { take: 1 })[0];
    if (kind === undefined || kind === 0xda || kind === 0xd9 || kind === 0) return;
    if (kind === 0x01 || (kind >= 0xd0 && kind <= 0xd8)) continue;
    const size = (yield { take: 2 }).readUInt16BE() - 2;
    if (size < 0) return;
    if (kind === 0xe1) eraseSegment(yield { take: size });
    else yield { pass: size };
  }
}

function eraseSegment(segment: Buffer): void {
  if (beginsWith(segment, exifName)) eraseExif(segment);
  else if (beginsWith(segment, xmpName) || beginsWith(segment, moreXmpName)) eraseXmpLocation(segment);
}

/** Chunks of a PNG (PNG 3, section 5). One that is changed gets another checksum. */
export function* pngWalk(): Walk {
  if ((yield { take: 8 }).toString('latin1') !== '\x89PNG\r\n\x1a\n') return;
  for (;;) {
    const header = yield { take: 8 };
    const size = header.readUInt32BE();
    const kind = header.toString('latin1', 4);
    if (kind === 'IEND' || size > 2 ** 31) return;
    if (!['eXIf', 'iTXt'].includes(kind) || size > largestBlock) {
      yield { pass: size + 4 };
      continue;
    }
    const chunk = yield { take: size + 4 };
    const body = chunk.subarray(0, size);
    const isChanged = kind === 'eXIf' ? eraseExif(body) : beginsWith(body, 'XML:com.adobe.xmp\0\0') && eraseXmpLocation(body);
    if (isChanged) chunk.writeUInt32BE(crc32(Buffer.concat([header.subarray(4), body])), size);
  }
}

/** Chunks of a WebP (RFC 9649). Those of metadata stand behind the pixels. */
export function* webpWalk(): Walk {
  const start = (yield { take: 12 }).toString('latin1');
  if (!start.startsWith('RIFF') || !start.endsWith('WEBP')) return;
  for (;;) {
    const header = yield { take: 8 };
    const size = header.readUInt32LE(4);
    const kind = header.toString('latin1', 0, 4);
    // Each has an even number of bytes.
    const padded = size + (size % 2);
    if (!['EXIF', 'XMP '].includes(kind) || size > largestBlock) yield { pass: padded };
    else if (kind === 'EXIF') eraseExif(yield { take: padded });
    else eraseXmpLocation(yield { take: padded });
  }
}
