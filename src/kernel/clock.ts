/** The only source of time: tests hold it still. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** The same as ISO 8601 in UTC with milliseconds. */
  timestamp(): string;
  /** Milliseconds since some moment in the past; never jumps with the wall clock. For ages and waits within this process. */
  monotonic(): number;
}

let stamped = { ms: 0, text: '' };

export const systemClock: Clock = {
  now: () => Date.now(),
  // Many messages share a millisecond, and its text costs more than the look at the clock.
  timestamp: () => {
    const ms = Date.now();
    if (ms !== stamped.ms) stamped = { ms, text: new Date(ms).toISOString() };
    return stamped.text;
  },
  monotonic: () => performance.now(),
};

export const seconds = (count: number): number => count * 1000;
export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;
export const days = (count: number): number => count * 86_400_000;
