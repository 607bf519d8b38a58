import { z } from 'zod';
import { event } from '../define.ts';
import { Id } from '../primitives.ts';

/**
 * For guests of the team, who know of those alone that they share a conversation with. A device forgets those removed, and subscribes
 * to presence again where it watches somebody added. Each node makes it for the sockets that it holds.
 */
export const peopleChanged = event({
  name: 'connections.peopleChanging',
  summary: 'People whom a guest may see from now on, or no longer',
  delivery: 'signal',
  localOnly: true,
  payload: z.strictObject({ userId: Id, added: z.array(Id), removed: z.array(Id) }),
  clients: [
    {
      name: 'people:changed',
      schema: z.strictObject({ added: z.array(Id), removed: z.array(Id) }),
      audience: ({ userId }) => ({ user: userId }),
      present: ({ added, removed }) => ({ added, removed }),
    },
  ],
});
