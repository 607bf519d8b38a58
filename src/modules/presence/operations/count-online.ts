import { countOnline } from '../../../contracts/presence/statuses.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { People } from '../people.ts';

export const countOnlineOperation = (people: People) => implement(countOnline, async () => ({ online: await people.count() }));
