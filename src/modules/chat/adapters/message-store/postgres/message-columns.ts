import type { Message, Reaction } from '../../../../../contracts/chat/entities.ts';
import { texts, timestamps, uuids } from '../../../../../kernel/database/binary-arrays.ts';
import type { Row } from '../../../../../kernel/database/database.ts';
import { mergedReactions } from '../../../domain/reactions.ts';
import type { MessagePatch } from '../../../ports.ts';

/** A field of a message as `chat.messages` stores it. */
interface Column<T> {
  readonly name: string;
  readonly type: 'uuid' | 'uuid[]' | 'bigint' | 'int' | 'text' | 'boolean' | 'jsonb' | 'timestamptz';
  /** Undefined where the driver answers the field as it is, or takes it as it is. */
  readonly read?: (stored: unknown) => T;
  readonly write?: (value: T) => string | null;
}

/** A field that has no column. */
interface Unstored<T> {
  readonly read: () => T;
}

type Columns = { readonly [F in keyof Message]: Column<Message[F]> | Unstored<Message[F]> };

const column = <T>(name: string, type: Column<T>['type']): Column<T> => ({ name, type });

/** Rows inside JSON carry PostgreSQL's own notation of time. */
const isoOf = (stored: string): string => (stored.endsWith('Z') ? stored : new Date(stored).toISOString());
const time = <T extends string | null>(name: string): Column<T> => ({
  ...column(name, 'timestamptz'),
  read: (stored) => (stored === null ? null : isoOf(stored as string)) as T,
});

/** Each field of a message and its column: this store spells them nowhere else. */
const columns: Columns = {
  id: column('id', 'uuid'),
  conversationId: column('conversation_id', 'uuid'),
  seq: column('seq', 'bigint'),
  rev: column('rev', 'bigint'),
  clientMessageId: column('client_message_id', 'uuid'),
  senderId: column('sender_id', 'uuid'),
  kind: column('kind', 'text'),
  text: column('text', 'text'),
  attachments: { read: () => [] },
  replyTo: column('reply_to', 'uuid'),
  threadRootId: column('thread_root_id', 'uuid'),
  threadCount: column('thread_count', 'int'),
  mentions: {
    ...column('mentions', 'uuid[]'),
    read: (stored) => (stored as string[] | null) ?? [],
    write: (ids) => (ids.length > 0 ? `{${ids.join(',')}}` : null),
  },
  reactions: {
    ...column('reactions', 'jsonb'),
    read: (stored) => (stored === null ? [] : mergedReactions(stored as Reaction[])),
    write: (reactions) => (reactions.length > 0 ? JSON.stringify(reactions) : null),
  },
  pinned: column('pinned', 'boolean'),
  editedAt: time('edited_at'),
  deletedAt: time('deleted_at'),
  createdAt: time('created_at'),
};

const every = Object.entries(columns) as [keyof Message, Column<unknown> | Unstored<unknown>][];
const stored = every.flatMap(([field, one]) => ('name' in one ? [{ field, ...one }] : []));

/** A row of `chat.messages`. */
export interface MessageRow extends Row {
  readonly id: string;
  readonly conversation_id: string;
}

export function messageOf(row: MessageRow): Message {
  const message: Partial<Record<keyof Message, unknown>> = {};
  for (const [field, one] of every) {
    const value = 'name' in one ? row[one.name] : undefined;
    message[field] = one.read ? one.read(value) : value;
  }
  return message as unknown as Message;
}

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
