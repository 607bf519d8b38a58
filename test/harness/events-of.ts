import type { EventDeclaration } from '../../src/contracts/define.ts';
import { events } from '../../src/contracts/registry.ts';

/** Every event that an area declares: `eventsOf('chat')`. */
export const eventsOf = (area: string): readonly EventDeclaration[] => events.filter(({ name }) => name.startsWith(`${area}.`));
