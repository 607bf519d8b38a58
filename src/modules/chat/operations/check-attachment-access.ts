import type * as contract from '../../../contracts/chat/attachments.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { isAppError } from '../../../kernel/errors.ts';
import { isThere } from '../domain/removed-files.ts';
import type { ChatParts } from '../parts.ts';

/** By what the message and its conversation are now: a deleted message holds no file, and a former member reads none. */
export async function handleCheckAttachmentAccess(
  { attachments, messages, memberships }: ChatParts,
  { attachmentId, userId }: Input<typeof contract.checkAttachmentAccess>,
): Promise<Output<typeof contract.checkAttachmentAccess>> {
  const [found] = await attachments.find([attachmentId]);
  if (!found) return { isAllowed: false };
  if (found.send === null) return { isAllowed: found.ownerId === userId };
  const [message] = await messages.findSent([found.send]);
  if (!message?.attachments.some((one) => one.id === attachmentId && isThere(one))) return { isAllowed: false };
  return { isAllowed: await isMember(memberships, message.conversationId, userId) };
}

async function isMember(memberships: ChatParts['memberships'], conversationId: string, userId: string): Promise<boolean> {
  try {
    await memberships.require(conversationId, userId);
    return true;
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return false;
    throw error;
  }
}
