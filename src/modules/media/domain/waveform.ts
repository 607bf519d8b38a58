/** Bars of a waveform. */
export const bars = 64;

/**
 * How loud a sound is from its begin to its end, in 64 bars: bytes from 0 to 255, the loudest part 255, in base64. Null where it is silent.
 * `peaks`: the largest amplitude in each of many pieces of equal length.
 */
export function waveformOf(peaks: readonly number[]): string | null {
  const loudness = Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / bars);
    const until = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / bars));
    const pieces = peaks.slice(from, until);
    return pieces.reduce((sum, peak) => sum + peak, 0) / Math.max(1, pieces.length);
  });
  const loudest = Math.max(...loudness);
  if (loudest <= 0) return null;
  return Buffer.from(loudness.map((one) => Math.round((one / loudest) * 255))).toString('base64');
}
