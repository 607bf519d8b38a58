import type { Clock } from '../../../kernel/clock.ts';
import { type PrismaClient, prismaTransaction, type PrismaTransaction } from '../../../infra/postgres/prisma.ts';
import type { Outbox } from '../../../kernel/outbox.ts';
import type { AuthRows, AuthStore, AuthTransaction } from '../ports.ts';
import { keyAccountNames, PrismaAccounts } from './accounts.ts';
import { PrismaInvites } from './invites.ts';
import { PrismaPasswordResets } from './password-resets.ts';
import { PrismaSessions } from './sessions.ts';
import { spendSetUp } from './set-up-token.ts';
import { PrismaUserSettings } from './user-settings.ts';

export { prismaOn } from '../../../infra/postgres/prisma.ts';

interface StoreParts {
  readonly prisma: PrismaClient;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly sessionLifeSeconds: number;
}

/** The schema `auth` through Prisma. */
export function prismaStore(parts: StoreParts): AuthStore {
  const { prisma, outbox, clock } = parts;
  return {
    ...rowsOn(prisma, parts),
    keyNames: () => keyAccountNames(prisma),
    atomically: <T>(work: (tx: AuthTransaction) => Promise<T>): Promise<T> =>
      prismaTransaction(prisma, outbox, (tx, publish) => work({ ...rowsOn(tx, parts), publish, spendSetUp: () => spendSetUp(tx, clock) })),
  };
}

const rowsOn = (prisma: PrismaTransaction, { clock, sessionLifeSeconds }: StoreParts): AuthRows => ({
  accounts: new PrismaAccounts(prisma, clock),
  sessions: new PrismaSessions(prisma, { clock, lifeSeconds: sessionLifeSeconds }),
  invites: new PrismaInvites(prisma, clock),
  resets: new PrismaPasswordResets(prisma, clock),
  userSettings: new PrismaUserSettings(prisma, clock),
});
