import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import type { EventDeclaration, Payload } from '../../contracts/define.ts';
import type { DomainEvent } from '../../kernel/bus/bus.ts';
import { newId } from '../../kernel/ids.ts';
import type { Outbox } from '../../kernel/outbox.ts';
import type { Database } from '../../kernel/database.ts';
import { unavailable } from './failures.ts';
import { Prisma, PrismaClient } from './generated/client.ts';
import { PgDatabase } from './pg-database.ts';
import { isPrismaRetriable, toAppErrorFromPrisma } from './prisma-failures.ts';

export { Prisma, PrismaClient };

/** The client inside an interactive transaction. */
export type PrismaTransaction = Prisma.TransactionClient;
/** As `Transaction.publish`. */
export type Publish = <E extends EventDeclaration>(event: E, payload: Payload<E>) => void;

const attempts = 4;
const waitForConnectionMs = 5000;
const longestTransactionMs = 10_000;

/**
 * A typed client on the connections of `pool`, which stays the caller's to end. Errors as those of `Database`: a server out
 * of reach is `unavailable`, Prisma's own errors pass as they are.
 */
export function createPrisma(pool: pg.Pool): PrismaClient {
  const client = new PrismaClient({
    adapter: new PrismaPg(pool),
    errorFormat: 'minimal',
    transactionOptions: { maxWait: waitForConnectionMs, timeout: longestTransactionMs },
  });
  const meaningful = client.$extends({
    query: {
      $allOperations: async ({ args, query }) => {
        try {
          return (await query(args)) as unknown;
        } catch (error) {
          throw toAppErrorFromPrisma(error);
        }
      },
    },
  });
  return meaningful as unknown as PrismaClient;
}

/** The same on the connections of a database of ours, for a module, which is given no pool. */
export function prismaOn(database: Database): PrismaClient {
  if (!(database instanceof PgDatabase)) throw new Error('Prisma needs the connections of a PgDatabase.');
  return createPrisma(database.pool);
}

/**
 * As `Database.transaction`, with Prisma: what is published is stored by the transaction that makes it true. `work` may run
 * more than once. Resolves once live subscribers have been called.
 */
export async function prismaTransaction<T>(
  prisma: PrismaClient,
  outbox: Outbox,
  work: (tx: PrismaTransaction, publish: Publish) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { result, staged } = await prisma.$transaction((tx) => publishing(tx, outbox, work));
      if (staged) outbox.committed(staged);
      return result;
    } catch (error) {
      if (!isPrismaRetriable(error)) throw toAppErrorFromPrisma(error);
      if (attempt === attempts) throw unavailable(error);
    }
  }
}

async function publishing<T>(tx: PrismaTransaction, outbox: Outbox, work: (tx: PrismaTransaction, publish: Publish) => Promise<T>) {
  const events: DomainEvent[] = [];
  const result = await work(tx, (event, payload) => void events.push({ id: newId(), event: event.name, payload }));
  const staged = events.length > 0 ? outbox.stage(events) : null;
  if (staged) await tx.$executeRawUnsafe(staged.text, ...staged.values.map(plain));
  return { result, staged };
}

/** The driver writes objects as JSON by itself; Prisma wants them written. */
const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !ArrayBuffer.isView(value)
    ? JSON.stringify(value)
    : value;
