import { listSessions } from '../../../contracts/auth/sessions.ts';
import { implement } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import type { AuthParts } from '../parts.ts';
import { presentSession } from '../present.ts';

export const implementListSessions = ({ store }: AuthParts) =>
  implement(listSessions, async (_input, context) => {
    const { userId, sessionId } = requireActor(context);
    return { items: (await store.sessions.list(userId)).map((session) => presentSession(session, sessionId)) };
  });
