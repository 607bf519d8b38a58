import { setPresence } from '../../../contracts/presence/statuses.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { People } from '../people.ts';

export const setStatusOperation = (people: People, clock: Clock) =>
  implement(setPresence, async ({ status, text, until }, context) => {
    const { userId } = requireActor(context);
    if (until !== undefined && Date.parse(until) <= clock.now())
      throw new AppError('conflict', {
        detail: 'until must lie in the future.',
        errors: [{ path: 'until', message: 'must lie in the future' }],
      });
    return people.choose(userId, { chosen: status, text: text === undefined || text === '' ? null : text, until: until ?? null });
  });
