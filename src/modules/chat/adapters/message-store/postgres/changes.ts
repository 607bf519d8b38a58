import type { Database, Transaction } from '../../../../../kernel/database.ts';
import { notFound } from '../../../../../kernel/errors.ts';
import type { ChatEvent } from '../../../ports.ts';
import type { MessageLog } from '../message-log.ts';
import type { ConversationRow } from './rows.ts';

/** Changes of conversations: each in its turn among the appends, in one transaction, the conversation's row locked. */
export class Changes {
  readonly #database: Database;
  readonly #log: MessageLog;

  constructor(database: Database, log: MessageLog) {
    this.#database = database;
    this.#log = log;
  }

  of<T>(conversationId: string, work: (tx: Transaction, conversation: ConversationRow) => Promise<T>): Promise<T> {
    return this.#log.exclusively(conversationId, () =>
      this.#database.transaction(async (tx) => {
        const [conversation] = await tx.query<ConversationRow>(
          'SELECT * FROM chat.conversations WHERE id = $1 FOR NO KEY UPDATE',
          [conversationId],
          'chat.lockConversation',
        );
        if (!conversation) throw notFound();
        return work(tx, conversation);
      }),
    );
  }
}

/** Takes the next rev for a change of a message. */
export async function nextRev(tx: Transaction, conversationId: string): Promise<number> {
  const [row] = await tx.query<{ rev: number }>(
    'UPDATE chat.conversations SET rev = rev + 1 WHERE id = $1 RETURNING rev',
    [conversationId],
    'chat.nextRev',
  );
  return row?.rev ?? 0;
}

/** Takes the next rev for a change of members: `more` people, and whether what was authorised before has to be looked at again. */
export async function nextMembersRev(
  tx: Transaction,
  conversationId: string,
  { more, revokes }: { more: number; revokes: boolean },
): Promise<ConversationRow> {
  const [row] = await tx.query<ConversationRow>(
    'UPDATE chat.conversations SET rev = rev + 1, members_rev = members_rev + $3, member_count = member_count + $2 WHERE id = $1 RETURNING *',
    [conversationId, more, revokes ? 1 : 0],
    'chat.nextMembersRev',
  );
  if (!row) throw notFound();
  return row;
}

/** Stores the event with the transaction. */
export function publish(tx: Transaction, { event, payload }: ChatEvent): void {
  tx.publish(event, payload);
}
