import type { Input, Output } from '../../../contracts/define.ts';
import { type revokeSession, sessionsRevoked } from '../../../contracts/auth/sessions.ts';

import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';

export async function handleRevokeSession(
  { store }: AuthParts,
  { sessionId }: Input<typeof revokeSession>,
  context: Context,
): Promise<Output<typeof revokeSession>> {
  const { userId } = requireActor(context);
  await store.atomically(async ({ sessions, publish }) => {
    const sessionIds = await sessions.revoke(userId, { only: sessionId });
    if (sessionIds.length === 0) throw notFound();
    publish(sessionsRevoked, { userId, sessionIds, reason: 'signed_out_elsewhere' });
  });
  return {};
}
