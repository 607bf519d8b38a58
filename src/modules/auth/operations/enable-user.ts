import type { Context } from '../../../kernel/context.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { enableUser } from '../../../contracts/auth/accounts.ts';
import { administer } from '../account-changes.ts';
import type { AuthParts } from '../parts.ts';

export function handleEnableUser(
  parts: AuthParts,
  { userId }: Input<typeof enableUser>,
  { actor }: Context,
): Promise<Output<typeof enableUser>> {
  return administer(parts, { actor, userId, work: () => ({ active: true }) });
}
