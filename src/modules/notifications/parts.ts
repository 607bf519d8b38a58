import type { BusCaller } from '../../kernel/bus/bus.ts';
import type { RuleStore } from './ports.ts';

/** What the operations of this module work with. */
export interface NotificationsParts {
  readonly bus: BusCaller;
  readonly rules: RuleStore;
}
