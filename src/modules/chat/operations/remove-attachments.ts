import type * as contract from '../../../contracts/chat/attachments.ts';
import type { Message } from '../../../contracts/chat/messages.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { hours } from '../../../kernel/clock.ts';
import { isAppError } from '../../../kernel/errors.ts';
import { sendKey } from '../domain/drafts.ts';
import { isThere, type Removal, removedForm } from '../domain/removed-files.ts';
import { messageUpdated } from '../events.ts';
import type { ChatParts } from '../parts.ts';

/** A send that takes its files now has stored its message, or has failed, long before. */
const sendAtMostMs = hours(1);
const anyTime = '9999-01-01T00:00:00.000Z';

export async function handleRemoveAttachments(
  { attachments, messages, clock }: ChatParts,
  { attachmentIds, ...removal }: Input<typeof contract.removeAttachments>,
): Promise<Output<typeof contract.removeAttachments>> {
  const before = await attachments.find(attachmentIds);
  await attachments.describe(before.map(({ attachment }) => removedForm(attachment, removal)));
  // A send that gets them from now on says that they are gone. Those that got them before are seen here.
  const found = await attachments.find(attachmentIds);
  const sent = new Map((await messages.findSent(found.flatMap(({ send }) => send ?? []))).map((message) => [sendKey(message), message]));
  const ids = new Set(attachmentIds);
  // One after another: the messages of people do not wait behind the removal of thousands of files.
  for (const message of sent.values()) await removeFrom(messages, message, { ids, removal });
  const waiting = found.filter(({ send }) => send !== null && !sent.has(sendKey(send))).map(({ attachment }) => attachment.id);
  const given = new Set(waiting);
  await attachments.forget(
    attachmentIds.filter((id) => !given.has(id)),
    anyTime,
  );
  const failed = await attachments.forget(waiting, new Date(clock.now() - sendAtMostMs).toISOString());
  for (const id of failed) given.delete(id);
  return { removedIds: attachmentIds.filter((id) => !given.has(id)), underWayIds: [...given] };
}

/** A message that is gone with its conversation holds nothing any more. */
async function removeFrom(
  messages: ChatParts['messages'],
  message: Message,
  { ids, removal }: { ids: ReadonlySet<string>; removal: Removal },
): Promise<void> {
  const isRemoved = (one: Message['attachments'][number]): boolean => ids.has(one.id) && isThere(one);
  if (!message.attachments.some(isRemoved)) return;
  try {
    await messages.change(message, message.senderId, (state) => {
      if (!state.message.attachments.some(isRemoved)) return null;
      const attachments = state.message.attachments.map((one) => (isRemoved(one) ? removedForm(one, removal) : one));
      return { patch: { attachments }, event: messageUpdated };
    });
  } catch (error) {
    if (!isAppError(error) || error.code !== 'not_found') throw error;
  }
}
