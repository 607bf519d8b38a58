import type { Input, Output } from '../../../contracts/define.ts';
import type { listSessions } from '../../../contracts/auth/sessions.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import type { AuthParts } from '../parts.ts';
import { presentSession } from '../present.ts';

export async function handleListSessions(
  { store }: AuthParts,
  _input: Input<typeof listSessions>,
  context: Context,
): Promise<Output<typeof listSessions>> {
  const { userId, sessionId } = requireActor(context);
  return { items: (await store.sessions.list(userId)).map((session) => presentSession(session, sessionId)) };
}
