import type { Input, Output } from '../../../contracts/define.ts';
import { type revokeSession, sessionsRevoked } from '../../../contracts/auth/sessions.ts';

import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';
import { noteSecurity } from '../security-notices.ts';

export async function handleRevokeSession(
  { store, clock }: AuthParts,
  { sessionId }: Input<typeof revokeSession>,
  context: Context,
): Promise<Output<typeof revokeSession>> {
  const { userId } = requireActor(context);
  await store.atomically(async (tx) => {
    const ended = (await tx.sessions.list(userId)).find(({ id }) => id === sessionId);
    const sessionIds = await tx.sessions.revoke(userId, { only: sessionId });
    if (sessionIds.length === 0) throw notFound();
    tx.publish(sessionsRevoked, { userId, sessionIds, reason: 'signed_out_elsewhere' });
    if (ended) noteSecurity(tx, clock, { userId, what: 'signed_out', place: ended });
  });
  return {};
}
