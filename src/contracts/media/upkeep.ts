import { z } from 'zod';
import { operation } from '../define.ts';
import { Counter, Id, Timestamp } from '../primitives.ts';

const Key = z.string().min(1).max(1_024);

/** Bytes that the database knows of, and what is wrong with them in the store. */
const Lacking = z.strictObject({
  key: Key,
  of: z.enum(['file', 'preview', 'upload']),
  fault: z.enum(['missing', 'other_size', 'other_digest']),
  /** Bytes that should be there. */
  size: Counter,
  /** The file that has them, or one of those: its name and whose it is. */
  file: z.strictObject({ id: Id, name: z.string(), ownerId: Id }).nullable(),
});

/** Bytes in the store that belong to no file, no upload and no preview. */
const Orphan = z.strictObject({ key: Key, size: Counter, storedAt: Timestamp });

export const checkStore = operation({
  name: 'media.checkStore',
  summary: 'Compare what the store holds with what the database knows of, a part at a time: go on after `next` until it is null',
  access: 'internal',
  /** `digest`: every byte is read, too. */
  input: z.strictObject({ after: Key.nullable(), digest: z.boolean() }),
  output: z.strictObject({ looked: Counter, lacking: z.array(Lacking), orphans: z.array(Orphan), next: Key.nullable() }),
  deadlineMs: 3_600_000,
});

export const removeOrphans = operation({
  name: 'media.removeOrphans',
  summary:
    'Remove those of these bytes that still belong to no file, no upload and no preview, and with `abandoned` what uploads left that never ended; answers how many',
  access: 'internal',
  /** `abandoned`: while no server runs; one that takes an upload would lose it. */
  input: z.strictObject({ keys: z.array(Key).max(500), abandoned: z.boolean().default(false) }),
  output: z.strictObject({ removed: Counter }),
  deadlineMs: 600_000,
});
