import { subscribe } from '../../../contracts/presence/statuses.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { People } from '../people.ts';

/** The gateway moves the socket into the rooms of those watched, and asks again once it stands there. */
export const subscribeOperation = (people: People) =>
  implement(subscribe, async ({ userIds }, context) => ({ items: await people.presentTo(context, userIds) }));
