import type { Clock } from '../../kernel/clock.ts';
import type { People } from './people.ts';

/** What the operations of this module work with. */
export interface PresenceParts {
  readonly people: People;
  readonly clock: Clock;
}
