import { z } from 'zod';
import { operation } from '../define.ts';
import { Id, Nothing } from '../primitives.ts';
import { Attachment } from './messages.ts';

export const registerAttachment = operation({
  name: 'chat.registerAttachment',
  summary: 'Let the person who uploaded a file send it with a message; the same again changes nothing',
  access: 'internal',
  input: z.strictObject({ attachment: Attachment, ownerId: Id }),
  output: Nothing,
});

/** `isUnderWay`: the file was given to a send whose message is not stored yet; ask again later. */
export const describeAttachment = operation({
  name: 'chat.describeAttachment',
  summary: 'Replace what is said of a file, also in the message that holds it; the same again changes nothing',
  access: 'internal',
  input: z.strictObject({ attachment: Attachment }),
  output: z.strictObject({ isUnderWay: z.boolean() }),
});

/**
 * A file that was never sent, or whose message is gone. One of a message that was deleted lately is kept for a while, and so is one that
 * was given to a send lately.
 */
export const releaseAttachments = operation({
  name: 'chat.releaseAttachments',
  summary: 'Forget those of these files that no message holds, so that none can get them any more; answers which',
  access: 'internal',
  input: z.strictObject({ attachmentIds: z.array(Id).max(500) }),
  output: z.strictObject({ releasedIds: z.array(Id) }),
});

/** Of a send whose message is not stored yet the files stay, and the answer names them as `underWayIds`: ask again later. */
export const removeAttachments = operation({
  name: 'chat.removeAttachments',
  summary: 'Forget these files, also where messages hold them: those say instead that the file is gone. The same again changes nothing',
  access: 'internal',
  /** `keptDays`: of `expired` ones. */
  input: z.strictObject({
    attachmentIds: z.array(Id).max(200),
    removed: z.enum(['expired', 'erased']),
    keptDays: z.int().optional(),
  }),
  output: z.strictObject({ removedIds: z.array(Id), underWayIds: z.array(Id) }),
  deadlineMs: 60_000,
});

/** Whoever may read the message that a file was sent with; its owner alone, before it was sent. */
export const checkAttachmentAccess = operation({
  name: 'chat.checkAttachmentAccess',
  summary: 'Whether a person may read a file now',
  access: 'internal',
  input: z.strictObject({ attachmentId: Id, userId: Id }),
  output: z.strictObject({ isAllowed: z.boolean() }),
});
