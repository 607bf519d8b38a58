import type * as contract from '../../../contracts/chat/attachments.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type { ChatParts } from '../parts.ts';

export async function handleRegisterAttachment(
  { attachments }: ChatParts,
  { attachment, ownerId }: Input<typeof contract.registerAttachment>,
): Promise<Output<typeof contract.registerAttachment>> {
  await attachments.register(attachment, ownerId);
  return {};
}
