import { countUsers } from '../../../contracts/auth/accounts.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { AuthParts } from '../parts.ts';

export const implementCountUsers = ({ store }: AuthParts) =>
  implement(countUsers, async () => {
    const [accounts, sessions] = await Promise.all([store.accounts.count(), store.sessions.countOpen()]);
    return { ...accounts, sessions };
  });
