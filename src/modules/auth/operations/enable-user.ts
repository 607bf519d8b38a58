import { enableUser } from '../../../contracts/auth/accounts.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { administer } from '../account-changes.ts';
import type { AuthParts } from '../parts.ts';

export const implementEnableUser = (parts: AuthParts) =>
  implement(enableUser, ({ userId }, { actor }) => administer(parts, { actor, userId, work: () => ({ active: true }) }));
