import { getInvite } from '../../../contracts/auth/invites.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';
import { stillInvites } from '../policy.ts';

export const implementGetInvite = ({ store, settings }: AuthParts) =>
  implement(getInvite, async ({ code }) => {
    const { teamName, invitesBy } = settings.current();
    const invite = await store.invites.find(code);
    if (!invite || !stillInvites(invite, invitesBy))
      throw new AppError('invalid_invite', { detail: 'This invite does not open any more.' });
    return { teamName, invitedBy: invite.inviter.displayName, role: invite.role };
  });
