import { readSessions } from '../../../contracts/auth/sessions.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import type { AuthParts } from '../parts.ts';

/** Asked on every request: one statement, nothing else. */
export const implementReadSessions = ({ sessionFacts }: AuthParts) =>
  implement(readSessions, async ({ sessionIds }) => ({ items: await sessionFacts.read(sessionIds) }));
