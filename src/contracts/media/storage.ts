import { z } from 'zod';
import { ConversationKind } from '../chat/conversations.ts';
import { FileKind } from '../chat/files.ts';
import { operation } from '../define.ts';
import { Counter, Id, Nothing, Timestamp } from '../primitives.ts';

/** How many files, and their bytes as they were uploaded: of the same bytes, those of each file count. */
const amount = { files: Counter, bytes: Counter };

/** What files take in the store, and whose they are. Lists hold the largest, those first. */
export const FileStorage = z
  .strictObject({
    ...amount,
    /** Bytes that lie in the store for files: the same bytes lie once. */
    storedBytes: Counter,
    /** Bytes of the pictures that were made of files. */
    previewBytes: Counter,
    /** Uploads that have not ended, and their bytes that have come. */
    uploads: Counter,
    uploadBytes: Counter,
    /** Bytes that may still be stored on the disk of files; null where the store does not say. */
    freeBytes: Counter.nullable(),
    people: z.array(z.strictObject({ userId: Id, ...amount })),
    /** Of the files that were sent. `name`: null for one between two. The list is null while conversations do not answer. */
    conversations: z.array(z.strictObject({ id: Id, kind: ConversationKind, name: z.string().nullable(), ...amount })).nullable(),
    kinds: z.array(z.strictObject({ kind: FileKind, ...amount })),
    /** When it was counted: the same is answered for a minute. */
    measuredAt: Timestamp,
  })
  .meta({ id: 'FileStorage' });
export type FileStorage = z.infer<typeof FileStorage>;

export const getStorage = operation({
  name: 'media.getStorage',
  summary: 'What files take in the store: in all, and the 20 people and conversations with the most bytes',
  access: 'admin',
  input: Nothing,
  output: FileStorage,
  http: { method: 'GET', path: '/admin/storage' },
  deadlineMs: 30_000,
});
