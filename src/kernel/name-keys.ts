import type { Logger } from './telemetry/logger.ts';

/** What one step did: how many names it looked at, and whether none is left. */
export interface Keyed {
  readonly keyed: number;
  readonly isDone: boolean;
}

/** Step by step until no name is left, behind a start; what it did not come to, the next start does. Never rejects. */
export async function keyAllNames(step: () => Promise<Keyed>, logger: Logger, of: string): Promise<void> {
  try {
    let names = 0;
    for (let isDone = false; !isDone;) {
      const done = await step();
      names += done.keyed;
      isDone = done.isDone;
    }
    if (names > 0) logger.info('names were folded, so that they are found', { event: 'names.folded', of, names });
  } catch (error) {
    logger.warn('names could not be folded; the next start tries again', { event: 'names.folding_waits', of, error: String(error) });
  }
}
