import { listInvites } from '../../../contracts/auth/operations.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import type { AuthParts } from '../parts.ts';
import { isAdmin } from '../policy.ts';
import { presentInvite } from '../present.ts';

export const implementListInvites = ({ store, config }: AuthParts) =>
  implement(listInvites, async (_input, context) => {
    const { userId, role } = requireActor(context);
    const invites = await store.invites.list(isAdmin(role) ? undefined : { createdBy: userId });
    return { items: invites.map((invite) => presentInvite(invite, config.publicUrl)) };
  });
