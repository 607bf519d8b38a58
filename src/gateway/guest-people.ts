import { z } from 'zod';
import { listPeople } from '../contracts/chat/operations.ts';
import type { Operation } from '../contracts/define.ts';
import { Id } from '../contracts/primitives.ts';
import type { BusCaller } from '../kernel/bus/bus.ts';
import type { Context } from '../kernel/context.ts';

const Ids = z.array(Id).max(1000);

/** Whether the answer depends on whom the caller shares a conversation with. */
export const isNarrowed = (operation: Operation, { actor }: Context): boolean => operation.people !== undefined && actor?.role === 'guest';

/** The context with those whom this guest may see as of now, asked of the module that owns membership. */
export async function withPeople(bus: BusCaller, { operation, input, context }: Call): Promise<Context> {
  const { actor } = context;
  const among = namedIn(operation, input);
  // The handler's own check refuses such an input.
  if (!actor || among === null) return context;
  const { people } = await bus.call(listPeople, { userIds: [actor.userId], ...(among ? { among } : {}) }, { ...context, actor: null });
  return { ...context, people: people[actor.userId] ?? [] };
}

interface Call {
  readonly operation: Operation;
  readonly input: unknown;
  readonly context: Context;
}

/** The people that the input names; undefined: it asks for all, null: it is malformed. */
function namedIn({ people }: Operation, input: unknown): string[] | undefined | null {
  if (people === undefined || people === 'all') return undefined;
  const named = (input as Readonly<Record<string, unknown>> | null)?.[people];
  const parsed = Ids.safeParse(people === 'userId' ? [named] : named);
  return parsed.success ? parsed.data : null;
}
