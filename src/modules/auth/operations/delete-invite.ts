import { deleteInvite } from '../../../contracts/auth/invites.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { notFound, requireAudit } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';
import { isAdmin } from '../policy.ts';

export const implementDeleteInvite = ({ store }: AuthParts) =>
  implement(deleteInvite, async ({ code }, context) => {
    const { userId, role } = requireActor(context);
    const invite = await store.invites.find(code);
    if (!invite || (invite.createdBy !== userId && !isAdmin(role))) throw notFound();
    if (invite.createdBy !== userId) requireAudit(context);
    await store.invites.delete(code);
    return {};
  });
