import { z } from 'zod';
import { operation } from '../define.ts';
import { Counter, Cursor, Id, Limit, page, Timestamp } from '../primitives.ts';
import { ConversationKind } from './conversations.ts';
import { Attachment } from './messages.ts';

/** By its media type. */
export const FileKind = z.enum(['image', 'video', 'audio', 'other']);
export type FileKind = z.infer<typeof FileKind>;

/** A file and the message that holds it; `seq` is the place of the message. */
export const ConversationFile = z
  .strictObject({ attachment: Attachment, messageId: Id, seq: Counter, senderId: Id, sentAt: Timestamp })
  .meta({ id: 'ConversationFile' });
export type ConversationFile = z.infer<typeof ConversationFile>;

export const listFiles = operation({
  name: 'chat.listFiles',
  summary: 'Files of the messages of a conversation, those of the newest message first. A page may be short and go on all the same',
  access: 'user',
  input: z.strictObject({
    conversationId: Id,
    kind: FileKind.optional(),
    senderId: Id.optional(),
    limit: Limit(50, 100),
    cursor: Cursor.optional(),
  }),
  output: page(ConversationFile),
  http: { method: 'GET', path: '/conversations/:conversationId/files' },
});

export const measureFiles = operation({
  name: 'chat.measureFiles',
  summary: 'The conversations with the most bytes of files, those first',
  access: 'internal',
  input: z.strictObject({ limit: z.int().min(1).max(100) }),
  output: z.strictObject({
    items: z.array(z.strictObject({ id: Id, kind: ConversationKind, name: z.string().nullable(), files: Counter, bytes: Counter })),
  }),
  deadlineMs: 25_000,
});
