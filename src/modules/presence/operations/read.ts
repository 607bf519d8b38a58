import { readPresence } from '../../../contracts/presence/statuses.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { People } from '../people.ts';

export const readOperation = (people: People) =>
  implement(readPresence, async ({ userIds }, context) => ({ items: await people.presentTo(context, userIds) }));
