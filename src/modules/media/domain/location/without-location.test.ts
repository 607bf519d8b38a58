import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { withoutLocation } from './without-location.ts';

const gps = {
  GPSLatitudeRef: 'N',
  GPSLatitude: '59/1 56/1 1234/100',
  GPSLongitudeRef: 'E',
  GPSLongitude: '30/1 19/1 0/1',
  GPSDateStamp: '2026:11:28',
};
const exif = { IFD0: { Make: 'Camera', Artist: 'Ana' }, IFD2: { LensModel: 'Lens 50' }, IFD3: gps };
const xmp = `<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" exif:GPSLatitude="59,56.2N" dc:format="image/x" exif:GPSLongitude='30,19E'>
<exif:GPSAltitude>12/1</exif:GPSAltitude><dc:creator>Ana</dc:creator><exif:GPSMapDatum/></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

const picture = (): Sharp =>
  sharp({ create: { width: 90, height: 60, channels: 3, background: '#ff8800' } })
    .withExif(exif)
    .withXmp(xmp);
const formats: readonly (readonly [string, () => Promise<Buffer>])[] = [
  ['image/jpeg', () => picture().jpeg().toBuffer()],
  ['image/png', () => picture().png().toBuffer()],
  ['image/webp', () => picture().webp().toBuffer()],
  ['image/avif', () => picture().avif().toBuffer()],
];

async function* inParts(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function cleaned(bytes: Uint8Array, mimeType: string, size = 1_000): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of withoutLocation(inParts(bytes, size), mimeType)) parts.push(part);
  return Buffer.concat(parts);
}

/** Where two buffers of one length differ. */
const changed = (one: Buffer, other: Buffer): number[] => [...one.keys()].filter((at) => one[at] !== other[at]);

test.each(formats)('%s: the place goes, and nothing else', async (mimeType, make) => {
  const before = await make();
  const copy = Buffer.from(before);
  const after = await cleaned(before, mimeType);
  expect(before.equals(copy)).toBe(true);
  expect(after.byteLength).toBe(before.byteLength);
  const [was, is] = [await sharp(before).metadata(), await sharp(after).metadata()];
  // Degrees, minutes and hundredths of seconds, as either byte order writes them.
  const place = Buffer.from([59, 0, 0, 0, 1, 0, 0, 0, 56, 0, 0, 0, 1, 0, 0, 0]);
  expect(was.exif?.includes(place)).toBe(true);
  expect(after.includes(place)).toBe(false);
  expect(after.includes('2026:11:28')).toBe(false);
  expect(after.toString('latin1')).not.toMatch(/gps/i);
  for (const kept of ['Camera', 'Ana', 'Lens 50']) expect(is.exif?.includes(kept)).toBe(true);
  expect(is.xmpAsString).toContain('<dc:creator>Ana</dc:creator>');
  expect(is.xmpAsString).toContain('dc:format="image/x"');
  const [pixelsBefore, pixelsAfter] = [await sharp(before).raw().toBuffer(), await sharp(after, { failOn: 'warning' }).raw().toBuffer()];
  expect(pixelsAfter.equals(pixelsBefore)).toBe(true);
  expect(changed(before, after).length).toBeLessThan(600);
});

test.each(formats)('%s: however the bytes are cut, the result is the same; and so is that of cleaning twice', async (mimeType, make) => {
  const before = await make();
  const after = await cleaned(before, mimeType, before.byteLength);
  for (const size of [1, 7, 4_096]) expect((await cleaned(before, mimeType, size)).equals(after)).toBe(true);
  expect((await cleaned(after, mimeType)).equals(after)).toBe(true);
});

test('Exif of the other byte order, with a second directory behind, loses its entry and keeps the rest in order', async () => {
  const tiff = Buffer.alloc(100);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(3, 8);
  const entry = (at: number, [tag, type, count, value]: readonly [number, number, number, number]): void => {
    tiff.writeUInt16BE(tag, at);
    tiff.writeUInt16BE(type, at + 2);
    tiff.writeUInt32BE(count, at + 4);
    tiff.writeUInt32BE(value, at + 8);
  };
  entry(10, [0x0112, 3, 1, 6 << 16]);
  entry(22, [0x8825, 4, 1, 60]);
  entry(34, [0x9000, 3, 1, 7 << 16]);
  tiff.writeUInt32BE(90, 46);
  tiff.writeUInt16BE(1, 60);
  entry(62, [2, 5, 1, 80]);
  tiff.write('ABCDEFGH', 80);
  const app1 = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
  const size = Buffer.alloc(2);
  size.writeUInt16BE(app1.byteLength + 2);
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xff, 0xe1]), size, app1, Buffer.from([0xff, 0xda, 1, 2, 3])]);
  const after = (await cleaned(jpeg, 'image/jpeg')).subarray(13, 113);
  expect(after.readUInt16BE(8)).toBe(2);
  expect([after.readUInt16BE(10), after.readUInt16BE(18)]).toEqual([0x0112, 6]);
  expect([after.readUInt16BE(22), after.readUInt16BE(30)]).toEqual([0x9000, 7]);
  expect(after.readUInt32BE(34)).toBe(90);
  expect(after.subarray(38, 90).every((byte) => byte === 0)).toBe(true);
});

test('a PNG that is changed has right checksums', async () => {
  const after = await cleaned(await picture().png().toBuffer(), 'image/png');
  for (let at = 8; at < after.byteLength; at += 12 + after.readUInt32BE(at)) {
    const body = after.subarray(at + 4, at + 8 + after.readUInt32BE(at));
    expect(after.readUInt32BE(at + 4 + body.byteLength)).toBe(crc32(body));
  }
});

test.each(formats)('%s: a picture that is cut short or damaged passes, as long as it was', async (mimeType, make) => {
  const whole = await make();
  for (let end = 0; end < 700; end += 13)
    expect((await cleaned(whole.subarray(0, end), mimeType)).byteLength).toBe(Math.min(end, whole.byteLength));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.byteLength - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }), async (faults) => {
      const damaged = Buffer.from(whole);
      for (const [at, value] of faults) damaged[at % Math.min(900, damaged.byteLength)] = value;
      expect((await cleaned(damaged, mimeType, 4_096)).byteLength).toBe(whole.byteLength);
    }),
    { numRuns: 300 },
  );
});

test('a directory that names itself, or has entries of GPS without end, takes little time', async () => {
  const block = Buffer.alloc(65_000);
  block.write('Exif\0\0II*\0', 'latin1');
  block.writeUInt32LE(8, 10);
  block.writeUInt16LE(5_000, 14);
  for (let at = 16; at + 12 < block.byteLength; at += 12) {
    block.writeUInt16LE(0x8825, at);
    block.writeUInt32LE(8, at + 8);
  }
  const size = Buffer.from([0xfe, 0x00]);
  size.writeUInt16BE(block.byteLength + 2);
  const segments = Array.from({ length: 20 }, () => Buffer.concat([Buffer.from([0xff, 0xe1]), size, block]));
  const file = Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments]);
  const startedAt = performance.now();
  expect((await cleaned(file, 'image/jpeg', 65_536)).byteLength).toBe(file.byteLength);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test('XMP of start tags without an end takes little time', async () => {
  const hostile = Buffer.from(`http://ns.adobe.com/xap/1.0/\0${'<a:gps>'.repeat(4_000)}${" a:gps='".repeat(4_000)}`);
  const size = Buffer.alloc(2);
  size.writeUInt16BE(hostile.byteLength + 2);
  const segments = Array.from({ length: 20 }, () => Buffer.concat([Buffer.from([0xff, 0xe1]), size, hostile]));
  const file = Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments]);
  const startedAt = performance.now();
  expect((await cleaned(file, 'image/jpeg', 65_536)).byteLength).toBe(file.byteLength);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test('files of other types pass as they are', async () => {
  const bytes = Buffer.from('Exif\0\0II*\0 a:GPSLatitude="1"');
  const digest = (of: Buffer): string => createHash('sha256').update(of).digest('hex');
  expect(digest(await cleaned(bytes, 'text/plain'))).toBe(digest(bytes));
});
