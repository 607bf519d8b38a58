import type { Input, Output } from '../../../contracts/define.ts';
import type { deleteInvite } from '../../../contracts/auth/invites.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { authorize } from '../../../kernel/policy.ts';
import type { AuthParts } from '../parts.ts';
import { canDeleteInvite } from '../policy.ts';

export async function handleDeleteInvite(
  { store }: AuthParts,
  { code }: Input<typeof deleteInvite>,
  context: Context,
): Promise<Output<typeof deleteInvite>> {
  const actor = requireActor(context);
  const invite = await store.invites.find(code);
  if (!invite) throw notFound();
  authorize(canDeleteInvite(actor, invite), context);
  await store.invites.delete(code);
  return {};
}
