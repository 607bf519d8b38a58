import type { Input, Output } from '../../../contracts/define.ts';
import type { deleteInvite } from '../../../contracts/auth/invites.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound, requireAudit } from '../../../kernel/errors.ts';
import type { AuthParts } from '../parts.ts';
import { isAdmin } from '../policy.ts';

export async function handleDeleteInvite(
  { store }: AuthParts,
  { code }: Input<typeof deleteInvite>,
  context: Context,
): Promise<Output<typeof deleteInvite>> {
  const { userId, role } = requireActor(context);
  const invite = await store.invites.find(code);
  if (!invite || (invite.createdBy !== userId && !isAdmin(role))) throw notFound();
  if (invite.createdBy !== userId) requireAudit(context);
  await store.invites.delete(code);
  return {};
}
