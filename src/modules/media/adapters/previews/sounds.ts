import { waveformOf } from '../../domain/waveform.ts';
import type { FileProperties } from '../../ports.ts';
import type { Ask } from './frames.ts';
import { inputOf } from './probe.ts';
import { runTool } from './run-tool.ts';

/** Samples in a second are enough to see how loud it is. */
const sampleRate = 8_000;
const samplesInPiece = 400;
/** A longer sound has no waveform; seconds. */
const longest = 2 * 60 * 60;

/** How loud a sound is, and how long where its header does not say (a recording of a browser). */
export async function waveformIn(
  ffmpeg: string,
  ask: Ask,
  duration: number | null,
): Promise<Pick<FileProperties, 'duration' | 'waveform' | 'previewFault'>> {
  if (duration !== null && duration > longest) return { previewFault: 'too_large' };
  const peaks: number[] = [];
  let samples = 0;
  let odd: Buffer = Buffer.alloc(0);
  const take = (part: Buffer): void => {
    const bytes = odd.byteLength === 0 ? part : Buffer.concat([odd, part]);
    for (let at = 0; at + 1 < bytes.byteLength; at += 2) {
      const piece = Math.floor(samples++ / samplesInPiece);
      peaks[piece] = Math.max(peaks[piece] ?? 0, Math.abs(bytes.readInt16LE(at)));
    }
    odd = bytes.subarray(bytes.byteLength - (bytes.byteLength % 2));
  };
  const output = ['-map', '0:a:0', '-ac', '1', '-ar', String(sampleRate), '-f', 's16le', 'pipe:1'];
  await runTool(ffmpeg, ['-v', 'error', '-nostdin', ...inputOf(ask), ...output], { mostBytes: longest * sampleRate * 2, take });
  if (samples === 0) throw new Error('no sample of sound is in it');
  const waveform = waveformOf(peaks);
  return {
    duration: duration ?? Math.round((samples / sampleRate) * 1000) / 1000,
    ...(waveform === null ? {} : { waveform }),
  };
}
