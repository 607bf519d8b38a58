import type { ConversationKind } from '../../../../../contracts/chat/conversations.ts';
import type { Recipient, RecipientsOf, WrittenMessage } from '../../../../../contracts/chat/recipients.ts';
import type { Queryable, Row } from '../../../../../kernel/database.ts';
import type { Recipients } from '../../../recipient-ports.ts';
import { readMarkOf } from './rows.ts';

interface InsideRow extends Recipient, Row {
  conversationId: string;
  kind: ConversationKind;
  name: string | null;
}

export class PostgresRecipients implements Recipients {
  readonly #database: Queryable;

  constructor(database: Queryable) {
    this.#database = database;
  }

  async inside(conversationIds: readonly string[], among?: readonly string[]): Promise<readonly RecipientsOf[]> {
    const rows = await this.#database.query<InsideRow>(
      `SELECT c.id AS "conversationId", c.kind, c.name, m.user_id AS "userId", m.joined_at AS "joinedAt", m.muted, ${readMarkOf} AS "lastReadSeq"
       FROM chat.conversations c LEFT JOIN chat.members m ON m.conversation_id = c.id AND ($2::uuid[] IS NULL OR m.user_id = ANY($2))
       WHERE c.id = ANY($1::uuid[])`,
      [conversationIds, among ?? null],
      among ? 'chat.recipientsAmong' : 'chat.recipients',
    );
    const found = new Map<string, RecipientsOf>();
    for (const { conversationId, kind, name, ...member } of rows) {
      const known = found.get(conversationId) ?? { conversationId, kind, name, members: [] };
      found.set(conversationId, known);
      // Absent where nobody of those asked for is in it.
      if (member.userId as string | null) known.members.push(member);
    }
    return [...found.values()];
  }

  written(messageIds: readonly string[]): Promise<readonly WrittenMessage[]> {
    return this.#database.query<WrittenMessage & Row>(
      'SELECT id, sender_id AS "senderId", deleted_at IS NOT NULL AS deleted FROM chat.messages WHERE id = ANY($1::uuid[])',
      [messageIds],
      'chat.writtenMessages',
    );
  }

  async threads(rootIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.#database.query<{ id: string; userIds: string[] }>(
      `SELECT id, array_agg(DISTINCT user_id) AS "userIds" FROM (
         SELECT id, sender_id AS user_id FROM chat.messages WHERE id = ANY($1::uuid[]) AND deleted_at IS NULL
         UNION ALL
         SELECT thread_root_id, sender_id FROM chat.messages WHERE thread_root_id = ANY($1::uuid[]) AND deleted_at IS NULL) w GROUP BY id`,
      [rootIds],
      'chat.threadWriters',
    );
    return new Map(rows.map(({ id, userIds }) => [id, userIds]));
  }
}
