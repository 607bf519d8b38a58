import { authSettings } from '../../../contracts/auth/team-settings.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { createInvite } from '../../../contracts/auth/invites.ts';
import { days, seconds } from '../../../kernel/clock.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { newSecret } from '../../../kernel/ids.ts';
import { authorize } from '../../../kernel/policy.ts';
import type { AuthParts } from '../parts.ts';
import { canInvite } from '../policy.ts';
import { presentInvite } from '../present.ts';

export async function handleCreateInvite(
  { store, settings, clock, config }: AuthParts,
  { maxUses, expiresIn, role, conversationIds }: Input<typeof createInvite>,
  context: Context,
): Promise<Output<typeof createInvite>> {
  const actor = requireActor(context);
  authorize(canInvite(actor, role, settings.of(authSettings).invitesBy), context);
  const lifeMs = expiresIn === undefined ? days(7) : seconds(expiresIn);
  const invite = await store.invites.insert({
    code: newSecret(16),
    role,
    maxUses: maxUses ?? null,
    conversationIds,
    createdBy: actor.userId,
    expiresAt: new Date(clock.now() + lifeMs),
  });
  return presentInvite(invite, config.publicUrl);
}
