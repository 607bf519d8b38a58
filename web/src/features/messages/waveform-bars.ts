/** How high each bar of a waveform is, above 0 and at most 1; null where there is none, or it cannot be read. */
export function barsIn(waveform: string | undefined): readonly number[] | null {
  if (waveform === undefined) return null;
  try {
    const bars = Array.from(atob(waveform), (letter) => Math.max(least, letter.charCodeAt(0) / 255));
    return bars.length === 0 ? null : bars;
  } catch {
    return null;
  }
}

/** Silence is a line. */
const least = 0.06;
