import type { FileKind } from '../../../../../contracts/chat/files.ts';
import type { Attachment, Message } from '../../../../../contracts/chat/messages.ts';
import type { Reaction } from '../../../../../contracts/chat/reactions.ts';
import type { Fields } from '../../../../../kernel/document-database.ts';
import { fileKindOf } from '../../../domain/file-kinds.ts';
import { sendKey } from '../../../domain/drafts.ts';
import { mergedReactions } from '../../../domain/reactions.ts';
import { isThere } from '../../../domain/removed-files.ts';

type Time = 'editedAt' | 'deletedAt' | 'createdAt';
/** What is null or empty is left out. */
type Sparse = { [F in keyof Message]: null extends Message[F] ? F : Message[F] extends unknown[] ? F : never }[keyof Message];
type Stored = { readonly [F in Exclude<keyof Message, 'id'>]: F extends Time ? Date : Readonly<NonNullable<Message[F]>> };

export type MessageDocument = Omit<Stored, Sparse> &
  Partial<Pick<Stored, Exclude<Sparse, 'id'>>> & {
    readonly _id: string;
    readonly sendKey: string;
    /** `file` and the kinds of its files that are there, by which an index finds it; left out where it has none. */
    readonly fileKinds?: readonly ('file' | FileKind)[];
    /** For the search; not part of what is pending. */
    readonly terms?: readonly string[];
  };

/** As Mongoose declares fields. */
type Schema = Fields;

interface Field {
  readonly name: string;
  readonly type: Schema[string];
  /** Undefined where a document has the field as a message has it. */
  readonly read?: (stored: unknown) => unknown;
  readonly write?: (value: unknown) => unknown;
}

/** Mongoose would put an empty list where there is none. */
export const list = (of: StringConstructor | 'Mixed') => ({ type: [of], default: undefined });

const of =
  (type: Schema[string]) =>
  (name: string): Field => ({ name, type });
const [text, number, flag] = [of(String), of(Number), of(Boolean)];
const time = (name: string): Field => ({
  name,
  type: Date,
  read: (stored) => (stored as Date | undefined)?.toISOString(),
  write: (value) => new Date(value as string),
});
const texts = (name: string): Field => ({ name, type: list(String), read: (stored) => [...((stored as string[] | undefined) ?? [])] });
const objects = <T>(name: string, read: (stored: readonly T[]) => T[]): Field => ({
  name,
  type: list('Mixed'),
  read: (stored) => read((stored as T[] | undefined) ?? []),
});

/** Each field of a message as its document has it: this store spells them nowhere else. */
const fields: { readonly [F in keyof Message]: Field } = {
  id: text('_id'),
  conversationId: text('conversationId'),
  seq: number('seq'),
  rev: number('rev'),
  senderId: text('senderId'),
  clientMessageId: text('clientMessageId'),
  kind: text('kind'),
  text: text('text'),
  attachments: objects('attachments', (stored) => [...stored]),
  replyTo: text('replyTo'),
  threadRootId: text('threadRootId'),
  threadCount: number('threadCount'),
  mentions: texts('mentions'),
  reactions: objects<Reaction>('reactions', mergedReactions),
  pinned: flag('pinned'),
  editedAt: time('editedAt'),
  deletedAt: time('deletedAt'),
  createdAt: time('createdAt'),
};
const every = Object.entries(fields) as [keyof Message, Field][];

export const messageSchema: Schema = {
  ...Object.fromEntries(every.map(([, { name, type }]) => [name, type])),
  sendKey: String,
  fileKinds: list(String),
  terms: list(String),
};

export function messageOf(document: MessageDocument): Message {
  const stored = document as unknown as Readonly<Record<string, unknown>>;
  const message: Partial<Record<keyof Message, unknown>> = {};
  for (const [field, { name, read }] of every) message[field] = (read ? read(stored[name]) : stored[name]) ?? null;
  return message as unknown as Message;
}

export function documentOf(message: Message): MessageDocument {
  const document: Record<string, unknown> = { sendKey: sendKey(message) };
  for (const [field, { name, write }] of every) {
    const value: unknown = message[field];
    if (value === null || (Array.isArray(value) && value.length === 0)) continue;
    document[name] = write ? write(value) : value;
  }
  const there = message.attachments.filter(isThere);
  if (there.length > 0) document['fileKinds'] = kindsOf(there);
  return document as unknown as MessageDocument;
}

const kindsOf = (files: readonly Attachment[]): string[] => ['file', ...new Set(files.map(({ mimeType }) => fileKindOf(mimeType)))];
