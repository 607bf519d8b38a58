import type { Job as StoredJob, JobState } from 'bullmq';
import type { Job } from '../../kernel/jobs.ts';

/** A scheduler makes jobs of this name, each of which makes a job proper and is gone. */
export const tickName = 'tick';

interface Where {
  readonly queue: string;
  readonly state: JobState | 'unknown';
  /** The score in the set of delayed jobs, where it is one. */
  readonly due: string | null;
}

/** Null when it has gone meanwhile. */
export function jobOf(job: StoredJob, { queue, state: stored, due }: Where): Job | null {
  const state = stateOf(stored, job.attemptsStarted);
  if (state === null) return null;
  const isOver = state === 'completed' || state === 'failed';
  return {
    id: job.id ?? '',
    queue,
    state,
    payload: job.data as unknown,
    attempts: job.attemptsStarted,
    error: state === 'completed' ? null : errorOf(job),
    createdAt: new Date(job.timestamp).toISOString(),
    startAfter: new Date(startOf(job, due)).toISOString(),
    finishedAt: isOver && job.finishedOn !== undefined ? new Date(job.finishedOn).toISOString() : null,
  };
}

function stateOf(stored: Where['state'], attempts: number): Job['state'] | null {
  if (stored === 'unknown') return null;
  if (stored === 'completed' || stored === 'failed' || stored === 'active') return stored;
  return attempts > 0 ? 'retry' : 'waiting';
}

/** BullMQ orders delayed jobs by their time × 4096, the rest being a number in that millisecond. */
const startOf = ({ timestamp, delay }: StoredJob, due: string | null): number =>
  due === null ? timestamp + delay : Math.floor(Number(due) / 4096);

/** While it waits for another try only the traces of its failures are kept. */
function errorOf({ failedReason, stacktrace }: StoredJob): string | null {
  if (failedReason) return failedReason;
  const [first] = (stacktrace as readonly string[] | null)?.at(-1)?.split('\n') ?? [];
  return first?.replace(/^\w*Error: /, '') ?? null;
}
