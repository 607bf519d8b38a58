import type { Attachment } from '../../../../contracts/chat/messages.ts';
import type { Database, Row } from '../../../../kernel/database.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Send } from '../../domain/drafts.ts';
import type { Attachments, StoredAttachment } from '../../ports.ts';

interface AttachmentRow extends Row {
  attachment: Attachment;
  owner_id: string;
  conversation_id: string | null;
  client_message_id: string | null;
}

/** In `chat.attachments`, beside whatever store keeps the messages. */
export class PostgresAttachments implements Attachments {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async register(attachment: Attachment, ownerId: string): Promise<void> {
    await this.#database.query(
      'INSERT INTO chat.attachments (id, owner_id, attachment) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [attachment.id, ownerId, JSON.stringify(attachment)],
      'chat.registerAttachment',
    );
  }

  async describe(attachments: readonly Attachment[]): Promise<void> {
    await this.#database.query(
      `UPDATE chat.attachments a SET attachment = d.attachment FROM jsonb_array_elements($1::jsonb) AS d(attachment)
       WHERE a.id = (d.attachment ->> 'id')::uuid AND NOT a.attachment ? 'removed'`,
      [JSON.stringify(attachments)],
      'chat.describeAttachments',
    );
  }

  give(attachmentIds: readonly string[], { conversationId, senderId, clientMessageId }: Send): Promise<readonly Attachment[]> {
    return this.#database.transaction(async (tx) => {
      const rows = await tx.query<{ attachment: Attachment }>(
        `UPDATE chat.attachments SET conversation_id = $3, client_message_id = $4, given_at = now()
         WHERE id = ANY ($1::uuid[]) AND owner_id = $2
           AND (conversation_id IS NULL OR (conversation_id = $3 AND client_message_id = $4)) RETURNING attachment`,
        [attachmentIds, senderId, conversationId, clientMessageId],
        'chat.giveAttachments',
      );
      const given = new Map(rows.map(({ attachment }) => [attachment.id, attachment]));
      return attachmentIds.map((id, index) => given.get(id) ?? refuse(index));
    });
  }

  async find(attachmentIds: readonly string[]): Promise<readonly StoredAttachment[]> {
    const rows = await this.#database.query<AttachmentRow>(
      'SELECT attachment, owner_id, conversation_id, client_message_id FROM chat.attachments WHERE id = ANY ($1::uuid[])',
      [attachmentIds],
      'chat.findAttachments',
    );
    return rows.map(storedOf);
  }

  async forget(attachmentIds: readonly string[], givenBefore: string): Promise<readonly string[]> {
    const rows = await this.#database.query<{ id: string }>(
      'DELETE FROM chat.attachments WHERE id = ANY ($1::uuid[]) AND (given_at IS NULL OR given_at < $2) RETURNING id::text',
      [attachmentIds, givenBefore],
      'chat.forgetAttachments',
    );
    return rows.map(({ id }) => id);
  }

  async largest(limit: number): ReturnType<Attachments['largest']> {
    const rows = await this.#database.query<{ conversation_id: string; files: number; bytes: number }>(
      `SELECT conversation_id, count(*) AS files, sum((attachment ->> 'size')::bigint)::bigint AS bytes
       FROM chat.attachments WHERE conversation_id IS NOT NULL AND NOT attachment ? 'removed' GROUP BY 1 ORDER BY bytes DESC, 1 LIMIT $1`,
      [limit],
      'chat.largestConversations',
    );
    return rows.map(({ conversation_id: conversationId, files, bytes }) => ({ conversationId, files, bytes }));
  }
}

const storedOf = (row: AttachmentRow): StoredAttachment => ({
  attachment: row.attachment,
  ownerId: row.owner_id,
  send:
    row.conversation_id === null || row.client_message_id === null
      ? null
      : { conversationId: row.conversation_id, senderId: row.owner_id, clientMessageId: row.client_message_id },
});

function refuse(index: number): never {
  const path = `attachmentIds.${String(index)}`;
  const message = 'must name a file that you uploaded and have not sent yet';
  throw new AppError('not_found', { detail: `${path}: ${message}`, errors: [{ path, message }] });
}
