import type { Input, Output } from '../../../contracts/define.ts';
import type { readSessions } from '../../../contracts/auth/sessions.ts';
import type { AuthParts } from '../parts.ts';

/** Asked on every request: one statement, nothing else. */
export async function handleReadSessions(
  { sessionLookup }: AuthParts,
  { sessionIds }: Input<typeof readSessions>,
): Promise<Output<typeof readSessions>> {
  return { items: await sessionLookup.read(sessionIds) };
}
