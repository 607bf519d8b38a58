import type { Attachment, Message } from '../../../../../contracts/chat/messages.ts';
import type { Reaction } from '../../../../../contracts/chat/reactions.ts';
import { texts, timestamps, uuids } from '../../../../../infra/postgres/binary-arrays.ts';
import type { Row } from '../../../../../kernel/database.ts';
import { mergedReactions } from '../../../domain/reactions.ts';
import type { MessagePatch } from '../../../ports.ts';

interface Column<T> {
  readonly name: string;
  readonly type: 'uuid' | 'uuid[]' | 'bigint' | 'int' | 'text' | 'boolean' | 'jsonb' | 'timestamptz';
  /** Undefined where the driver takes the field as it is. */
  readonly write?: (value: T) => string | null;
}

const column = <T>(name: string, type: Column<T>['type']): Column<T> => ({ name, type });

/** How this store writes the fields of a message: the append, updates and previews follow from it. A field without a column is null. */
const columns: { readonly [F in keyof Message]: Column<Message[F]> | null } = {
  id: column('id', 'uuid'),
  conversationId: column('conversation_id', 'uuid'),
  seq: column('seq', 'bigint'),
  rev: column('rev', 'bigint'),
  clientMessageId: column('client_message_id', 'uuid'),
  senderId: column('sender_id', 'uuid'),
  kind: column('kind', 'text'),
  text: column('text', 'text'),
  attachments: {
    ...column('attachments', 'jsonb'),
    write: (attachments) => (attachments.length > 0 ? JSON.stringify(attachments) : null),
  },
  replyTo: column('reply_to', 'uuid'),
  threadRootId: column('thread_root_id', 'uuid'),
  threadCount: column('thread_count', 'int'),
  mentions: {
    ...column('mentions', 'uuid[]'),
    write: (ids) => (ids.length > 0 ? `{${ids.join(',')}}` : null),
  },
  reactions: {
    ...column('reactions', 'jsonb'),
    write: (reactions) => (reactions.length > 0 ? JSON.stringify(reactions) : null),
  },
  pinned: column('pinned', 'boolean'),
  editedAt: column('edited_at', 'timestamptz'),
  deletedAt: column('deleted_at', 'timestamptz'),
  createdAt: column('created_at', 'timestamptz'),
};

const stored = (Object.entries(columns) as [keyof Message, Column<unknown> | null][]).flatMap(([field, one]) =>
  one ? [{ field, ...one }] : [],
);

export interface MessageRow extends Row {
  id: string;
  conversation_id: string;
  seq: number;
  rev: number;
  sender_id: string;
  client_message_id: string;
  kind: Message['kind'];
  text: string;
  attachments: Attachment[] | null;
  reply_to: string | null;
  thread_root_id: string | null;
  thread_count: number;
  mentions: string[] | null;
  reactions: Reaction[] | null;
  pinned: boolean;
  edited_at: string | null;
  deleted_at: string | null;
  created_at: string;
}

/** Spelt out, not a loop over the columns: that takes ten times as long, and pages of history are read by the thousand. */
export const messageOf = (row: MessageRow): Message => ({
  id: row.id,
  conversationId: row.conversation_id,
  seq: row.seq,
  rev: row.rev,
  clientMessageId: row.client_message_id,
  senderId: row.sender_id,
  kind: row.kind,
  text: row.text,
  attachments: row.attachments ?? [],
  replyTo: row.reply_to,
  threadRootId: row.thread_root_id,
  threadCount: row.thread_count,
  mentions: row.mentions ?? [],
  reactions: row.reactions ? mergedReactions(row.reactions) : [],
  pinned: row.pinned,
  editedAt: timestamp(row.edited_at),
  deletedAt: timestamp(row.deleted_at),
  createdAt: timestamp(row.created_at) ?? '',
});

/** Rows inside JSON carry PostgreSQL's own notation of time. */
const timestamp = (value: string | null): string | null =>
  value === null ? null : value.endsWith('Z') ? value : new Date(value).toISOString();

/** The columns of a message as a select list, some of them by another expression. */
export const selected = (alias: string, instead: Partial<Record<keyof Message, string>>): string =>
  stored.map(({ field, name }) => `${instead[field] ?? `${alias}.${name}`} AS ${name}`).join(', ');

/** Columns of many messages, each as one array. */
interface ColumnArray<T> {
  readonly name: string;
  readonly type: string;
  /** Of the array; `type` is what its elements are cast to. */
  readonly arrayType: string;
  readonly encode: (rows: readonly T[]) => Buffer;
}

export const arraysOf = <T>(fields: readonly (keyof T & keyof Message)[]): ColumnArray<T>[] =>
  fields.flatMap((field) => stored.filter((one) => one.field === field).map((one) => arrayOf<T>(field, one)));

function arrayOf<T>(field: keyof T & keyof Message, { name, type, write }: Column<unknown>): ColumnArray<T> {
  const ofEach = (rows: readonly T[]) => rows.map((row) => (write ? write(row[field]) : row[field]) as string | null);
  if (type === 'uuid') return { name, type, arrayType: 'uuid[]', encode: (rows) => uuids(ofEach(rows)) };
  if (type === 'timestamptz') return { name, type, arrayType: 'timestamptz[]', encode: (rows) => timestamps(ofEach(rows) as string[]) };
  return { name, type, arrayType: 'text[]', encode: (rows) => texts(ofEach(rows)) };
}

/** The statement that makes the fields of a patch those of message `$1`; one that is prepared for each set of fields. */
export function updateOf(id: string, patch: MessagePatch & { readonly rev: number }): [text: string, values: unknown[], name: string] {
  const values = patch as Partial<Record<keyof Message, unknown>>;
  const changed = stored.flatMap((one, index) => (values[one.field] === undefined ? [] : [{ ...one, index }]));
  const set = changed.map(({ name, type }, index) => `${name} = $${String(index + 2)}::${type}`).join(', ');
  return [
    `UPDATE chat.messages SET ${set} WHERE id = $1 RETURNING *`,
    [id, ...changed.map(({ field, write }) => (write ? write(values[field]) : values[field]))],
    `chat.updateMessage:${changed.map(({ index }) => index).join('-')}`,
  ];
}
