import type * as contract from '../../../contracts/chat/attachments.ts';
import type { Attachment } from '../../../contracts/chat/messages.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { isThere } from '../domain/removed-files.ts';
import { messageUpdated } from '../events.ts';
import type { ChatParts } from '../parts.ts';

/** A preview may be ready only after its file was sent: the message then changes as by any other change of it. */
export async function handleDescribeAttachment(
  { attachments, messages }: ChatParts,
  { attachment }: Input<typeof contract.describeAttachment>,
): Promise<Output<typeof contract.describeAttachment>> {
  await attachments.describe([attachment]);
  const [described] = await attachments.find([attachment.id]);
  if (!described?.send) return { isUnderWay: false };
  const [sent] = await messages.findSent([described.send]);
  if (!sent) return { isUnderWay: true };
  await messages.change(sent, sent.senderId, ({ message }) => {
    const before = message.attachments.find(({ id }) => id === attachment.id);
    if (!before || !isThere(before) || isSame(before, attachment)) return null;
    const after = message.attachments.map((one) => (one.id === attachment.id ? attachment : one));
    return { patch: { attachments: after }, event: messageUpdated };
  });
  return { isUnderWay: false };
}

/** A store may have the fields in another order. */
const isSame = (one: Attachment, other: Attachment): boolean =>
  (Object.keys({ ...one, ...other }) as (keyof Attachment)[]).every((field) => one[field] === other[field]);
