import type { Role } from '../../src/contracts/auth/accounts.ts';
import { type Context, systemContext } from '../../src/kernel/context.ts';
import { newId } from '../../src/kernel/ids.ts';

/** The context of a call by a signed-in person, as a transport makes it. */
export const contextOf = (role: Role = 'member', userId: string = newId()): Context => ({
  ...systemContext('http'),
  actor: { userId, sessionId: newId(), role },
});
