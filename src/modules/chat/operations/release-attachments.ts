import type * as contract from '../../../contracts/chat/attachments.ts';
import type { Message } from '../../../contracts/chat/messages.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { days, hours } from '../../../kernel/clock.ts';
import { sendKey } from '../domain/drafts.ts';
import type { ChatParts } from '../parts.ts';
import type { StoredAttachment } from '../ports.ts';

/** A send that takes its files now has stored its message, or has failed, long before. */
const sendAtMostMs = hours(1);
const keptAfterDeletionMs = days(1);

export async function handleReleaseAttachments(
  { attachments, messages, clock }: ChatParts,
  { attachmentIds }: Input<typeof contract.releaseAttachments>,
): Promise<Output<typeof contract.releaseAttachments>> {
  const found = await attachments.find(attachmentIds);
  const sends = found.flatMap(({ send }) => send ?? []);
  const sent = new Map((await messages.findSent(sends)).map((message) => [sendKey(message), message]));
  const deletedBefore = new Date(clock.now() - keptAfterDeletionMs).toISOString();
  const isHeld = ({ send, attachment: { id } }: StoredAttachment): boolean =>
    send !== null && holds(sent.get(sendKey(send)), id, deletedBefore);
  const known = new Set(found.map(({ attachment }) => attachment.id));
  const loose = found.filter((one) => !isHeld(one)).map(({ attachment }) => attachment.id);
  const forgotten = await attachments.forget(loose, new Date(clock.now() - sendAtMostMs).toISOString());
  // A file that is not known here was never to be had by a message.
  return { releasedIds: [...forgotten, ...attachmentIds.filter((id) => !known.has(id))] };
}

function holds(message: Message | undefined, attachmentId: string, deletedBefore: string): boolean {
  if (!message) return false;
  if (message.deletedAt !== null) return message.deletedAt >= deletedBefore;
  return message.attachments.some(({ id }) => id === attachmentId);
}
