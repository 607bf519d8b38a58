import { errorTrace } from '../../kernel/errors.ts';
import type { Logger } from '../../kernel/telemetry/logger.ts';

/** Runs a job. A failure is logged, and thrown again so that the queue counts it. */
export async function loggedRun(
  work: () => Promise<void>,
  { queue, job, logger }: { queue: string; job: string; logger: Logger },
): Promise<void> {
  try {
    await work();
  } catch (error) {
    logger.warn('a job failed', { event: 'job.failed', queue, job, error: errorTrace(error) });
    throw error;
  }
}
