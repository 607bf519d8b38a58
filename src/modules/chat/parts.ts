import type { Context } from '../../kernel/context.ts';
import type { Transaction } from '../../kernel/database/database.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Kernel } from '../../kernel/module.ts';
import type { Memberships } from './adapters/memberships.ts';
import type { MessageLog } from './adapters/message-log.ts';
import type { ConversationRow } from './adapters/rows.ts';
import type { SearchIndex } from './adapters/search-index.ts';

/** What the operations of this module work with. */
export interface ChatParts {
  readonly kernel: Kernel;
  readonly log: MessageLog;
  readonly memberships: Memberships;
  readonly index: SearchIndex;
}

type Locked = { readonly tx: Transaction; readonly conversation: ConversationRow };

/** Changes one conversation: in its turn among the appends, its row locked, what is announced stored with the change. */
export async function change<T>(
  { kernel, log, memberships }: ChatParts,
  conversationId: string,
  work: (locked: Locked) => Promise<T>,
): Promise<T> {
  return log.exclusively(conversationId, async () => {
    try {
      return await kernel.database.transaction(async (tx) => {
        const [conversation] = await tx.query<ConversationRow>('SELECT * FROM chat.conversations WHERE id = $1 FOR UPDATE', [
          conversationId,
        ]);
        if (!conversation) throw notFound();
        return work({ tx, conversation });
      });
    } finally {
      memberships.forget(conversationId);
    }
  });
}

export const isTeamAdmin = (context: Context): boolean => context.actor?.role === 'owner' || context.actor?.role === 'admin';
