import { z } from 'zod';
import { readUsers, resolveUsernames } from '../../contracts/auth/operations.ts';
import { conversationRemoved, conversationUpdated, memberChanged, memberLeft, membersJoined } from '../../contracts/chat/events.ts';
import { listen } from '../../kernel/bus/bus.ts';
import { defineModule } from '../../kernel/module.ts';
import { Memberships } from './adapters/memberships.ts';
import { createdFact, MessageLog, messagesSource } from './adapters/message-log.ts';
import { type MessageRow, presentMessage } from './adapters/rows.ts';
import { SearchIndex } from './adapters/search-index.ts';
import { changing } from './operations/changing.ts';
import { conversations } from './operations/conversations.ts';
import { membership } from './operations/membership.ts';
import { reading } from './operations/reading.ts';
import { sending } from './operations/sending.ts';
import type { ChatParts } from './parts.ts';
import { welcoming } from './reactions/on-user-created.ts';

/** Conversations and the log of their messages. */
export const chatModule = defineModule({
  name: 'chat',
  config: z.object({}),
  needs: { calls: [readUsers, resolveUsernames] },
  create(kernel) {
    const { database, outbox } = kernel;
    const parts: ChatParts = {
      kernel,
      log: new MessageLog(database, outbox),
      memberships: new Memberships(database),
      index: new SearchIndex(database),
    };
    outbox.expand(messagesSource, async (body) => {
      const rows = await database.query<MessageRow>(
        'SELECT * FROM chat.messages WHERE id = ANY($1::uuid[]) ORDER BY conversation_id, seq',
        [(body as { ids: string[] }).ids],
      );
      return rows.map((row) => createdFact(presentMessage(row)));
    });
    const forget = ({ payload }: { payload: unknown }) => {
      const { conversationId, conversation } = payload as { conversationId?: string; conversation?: { id: string } };
      parts.memberships.forget(conversationId ?? conversation?.id ?? '');
    };
    const stale = [membersJoined, memberLeft, memberChanged, conversationUpdated, conversationRemoved];
    return {
      implements: [...sending(parts), ...changing(parts), ...conversations(parts), ...membership(parts), ...reading(parts)],
      hears: [...welcoming(parts), ...stale.map((event) => listen(event, 'chat.memberships', forget))],
    };
  },
});
