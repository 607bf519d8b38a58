import { listPeople } from '../contracts/chat/members.ts';
import type { Operation } from '../contracts/define.ts';
import type { BusCaller } from '../kernel/bus/bus.ts';
import type { Context } from '../kernel/context.ts';

/** Whether the answer depends on whom the caller shares a conversation with. */
export const isNarrowed = (operation: Operation, { actor }: Context): boolean => operation.people !== undefined && actor?.role === 'guest';

/** Adds to the context the people whom this guest may see now, read from the module that owns membership. */
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
function namedIn(operation: Operation, input: unknown): string[] | undefined | null {
  const { people } = operation;
  if (people === undefined || people === 'all') return undefined;
  const parsed = operation.input.safeParse(input);
  return parsed.success ? [(parsed.data as Readonly<Record<string, string | string[]>>)[people] ?? []].flat() : null;
}
