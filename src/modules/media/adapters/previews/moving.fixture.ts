import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

/** What ffmpeg makes of these arguments. */
export function encoded(name: string, ...args: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'confab-encoded-'));
  try {
    const file = join(folder, name);
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...args, file]);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const lavfi = (source: string): readonly string[] => ['-f', 'lavfi', '-i', source];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

/** Two seconds of H.264 with sound: black for a tenth of a second, then red. */
export const video = (...more: readonly string[]): Buffer =>
  encoded(
    'video.mp4',
    ...lavfi(
      'color=c=black:size=320x180:rate=20:duration=0.1[black];color=c=red:size=320x180:rate=20:duration=1.9[red];[black][red]concat=n=2',
    ),
    ...lavfi('sine=frequency=440:duration=2'),
    ...['-c:a', 'aac', ...h264, ...more],
  );

/** The same as a phone stores what it takes upright: turned by 90 degrees (ISO 14496-12, `tkhd`). */
export function turned(mp4: Buffer): Buffer {
  const copy = Buffer.from(mp4);
  const matrix = copy.indexOf('tkhd') + 4 + 40;
  for (const [index, value] of [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000].entries()) copy.writeInt32BE(value, matrix + index * 4);
  return copy;
}

/** Pixels that are twice as wide as high. */
export const wide = (): Buffer =>
  encoded('wide.mp4', ...lavfi('color=c=red:size=160x180:rate=10:duration=1'), '-vf', 'setsar=2/1', ...h264);

/** A second of silence, then a second of a tone. */
export const sound = (name: string, ...more: readonly string[]): Buffer =>
  encoded(name, ...lavfi('aevalsrc=if(gt(t\\,1)\\,0.5*sin(2*PI*440*t)\\,0):d=2:s=16000'), ...more);

/** A recording of a browser: its header does not say how long it is. */
export const recording = (): Buffer =>
  encoded('voice.webm', ...lavfi('sine=frequency=440:duration=3'), '-c:a', 'libopus', '-f', 'webm', '-live', '1');

/** Almost two hours of noise, a second again and again: a program reads for several seconds. */
export function longNoise(): Buffer {
  const second = encoded(
    'noise.mp3',
    ...lavfi('anoisesrc=r=44100:d=1'),
    '-b:a',
    '32k',
    '-ac',
    '2',
    '-write_xing',
    '0',
    '-id3v2_version',
    '0',
  );
  return Buffer.concat(Array<Buffer>(6_800).fill(second));
}

/** A page of A4 on which the upper half is red. `more`: other objects, from the fifth on. */
export function pdf(content = '1 0 0 rg 0 421 595 421 re f', more: readonly Buffer[] = []): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >> >>`,
    `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
    ...more,
  ];
  const parts = [Buffer.from('%PDF-1.4\n')];
  for (const [index, object] of objects.entries())
    parts.push(Buffer.concat([Buffer.from(`${String(index + 1)} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]));
  return Buffer.concat([...parts, Buffer.from('trailer << /Root 1 0 R >>\n%%EOF\n')]);
}

/** A page whose picture is 64,000 × 64,000 pixels of colour: 12 GB, in few bytes twice packed. */
export function poisonPdf(): Buffer {
  const edge = 64_000;
  const packed = deflateSync(deflateSync(Buffer.alloc(200 * 2 ** 20)));
  const head = `<< /Type /XObject /Subtype /Image /Width ${String(edge)} /Height ${String(edge)} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter [/FlateDecode /FlateDecode] /Length ${String(packed.byteLength)} >>\nstream\n`;
  return pdf('q 595 0 0 842 0 0 cm /Im Do Q', [Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')])]);
}
