/** The only source of time: tests hold it still. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** The same as ISO 8601 in UTC with milliseconds. */
  timestamp(): string;
  /**
   * Milliseconds that began as Unix ones at the start of this process and go on evenly, whatever the wall clock is set to. For ages, waits and deadlines
   * within this process; another process has others.
   */
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
  monotonic: () => performance.timeOrigin + performance.now(),
};

/** A time of this process's monotonic clock by the wall clock, as another process reads it. */
export const wallTimeOf = (monotonic: number, clock: Clock = systemClock): number => monotonic - clock.monotonic() + clock.now();
/** The other way round. */
export const monotonicTimeOf = (wall: number, clock: Clock = systemClock): number => wall - clock.now() + clock.monotonic();

export const seconds = (count: number): number => count * 1000;
export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;
export const days = (count: number): number => count * 86_400_000;
