import { authSettings } from '../../../contracts/auth/team-settings.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { listInvites } from '../../../contracts/auth/invites.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { isRefusal, isTeamAdmin } from '../../../kernel/policy.ts';
import type { AuthParts } from '../parts.ts';
import { canInvite } from '../policy.ts';
import type { StoredInvite } from '../ports.ts';
import { presentInvite, withoutCode } from '../present.ts';

/** Whoever may not make such an invite does not see what opens it. */
export async function handleListInvites(
  { store, config, settings }: AuthParts,
  _input: Input<typeof listInvites>,
  context: Context,
): Promise<Output<typeof listInvites>> {
  const { userId, role } = requireActor(context);
  const invites = await store.invites.list(isTeamAdmin({ role }) ? undefined : { createdBy: userId });
  const { invitesBy } = settings.of(authSettings);
  const seesCodeOf = (invite: StoredInvite): boolean => !isRefusal(canInvite({ role }, invite.role, invitesBy));
  return {
    items: invites.map((invite) => (seesCodeOf(invite) ? presentInvite(invite, config.publicUrl) : withoutCode(invite))),
  };
}
