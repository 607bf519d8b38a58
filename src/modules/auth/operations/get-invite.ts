import { authSettings } from '../../../contracts/auth/team-settings.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { getInvite } from '../../../contracts/auth/invites.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';
import { stillInvites } from '../policy.ts';

export async function handleGetInvite(
  { store, settings }: AuthParts,
  { code }: Input<typeof getInvite>,
): Promise<Output<typeof getInvite>> {
  const { teamName, invitesBy } = settings.of(authSettings);
  const invite = await store.invites.find(code);
  if (!invite || !stillInvites(invite, invitesBy)) throw new AppError('invalid_invite', { detail: 'This invite does not open any more.' });
  return { teamName, invitedBy: invite.inviter.displayName, role: invite.role };
}
