import { AppError } from '../kernel/errors.ts';
import { whileAnswering } from '../infra/postgres/embedded/brief-client.ts';
import { readMoved } from './moved-record.ts';
import { finishTarget, readMarker } from './target.ts';

/** Where the team of this database has moved to; null while it lives there. Throws when the database does not answer. */
export async function movedFrom(url: string): Promise<string | null> {
  let moved: string | null = null;
  const answered = await whileAnswering(url, async (client) => {
    moved = await readMoved(client);
  });
  if (!answered) throw new AppError('unavailable', { detail: 'The database cannot be reached just now.', retryAfter: 1 });
  return moved;
}

/** Makes the target of a committed move the team's own. One out of reach is left to whoever opens it next, and says so. */
export async function settleAt(url: string): Promise<void> {
  await whileAnswering(url, async (client) => {
    if ((await readMarker(client))?.isFinished === false) await finishTarget(client);
  });
}

/** A copy that never came to its end is no team: people would write to it and be lost with the next attempt. */
export async function refuseUnfinished(on: Parameters<typeof readMarker>[0]): Promise<void> {
  if ((await readMarker(on))?.isFinished !== false) return;
  throw new AppError('conflict', {
    detail:
      'This database holds the unfinished copy of a team. Run confab promote again to finish it; until then leave DATABASE_URL unset, ' +
      'so that the team is served from where it still lives.',
  });
}
