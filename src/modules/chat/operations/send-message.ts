import type { Attachment } from '../../../contracts/chat/messages.ts';
import type * as contract from '../../../contracts/chat/messages.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/ids.ts';
import { authorize } from '../../../kernel/policy.ts';
import { mentionedIn } from '../mentioned.ts';
import type { ChatParts } from '../parts.ts';
import { can, canReach } from '../policy.ts';
import { type Membership, StaleAuthorisation } from '../ports.ts';
import { recountReplies } from '../replies.ts';

const triesAtMost = 5;

/** The hot path: the membership comes from memory, and the append checks that it still holds. */
export async function handleSendMessage(
  parts: ChatParts,
  input: Input<typeof contract.sendMessage>,
  context: Context,
): Promise<Output<typeof contract.sendMessage>> {
  const actor = requireActor(context);
  const { memberships, messages } = parts;
  for (let tries = 0; tries < triesAtMost; tries++) {
    const { conversationId } = input;
    const membership = memberships.known(conversationId, actor.userId) ?? (await memberships.require(conversationId, actor.userId));
    authorize(can('write', { actor, kind: membership.kind, role: membership.roles.get(actor.userId) ?? null }), context);
    const unsure = membership.kind === 'direct' ? unsureOf(parts, membership, actor.userId) : undefined;
    if (unsure !== undefined) authorize(canReach(await parts.accounts.ask(unsure, context)));
    if (input.replyTo || input.threadRootId) await requireReferences(parts, input);
    const attachments = await attachmentsOf(parts, input, actor.userId);
    const mentions = input.text.includes('@') ? await mentionedIn(parts, { text: input.text, membership, context }) : [];
    try {
      const message = await messages.append({
        id: newId(),
        conversationId: input.conversationId,
        membersRev: membership.membersRev,
        senderId: actor.userId,
        clientMessageId: input.clientMessageId,
        text: input.text,
        attachments,
        replyTo: input.replyTo ?? null,
        threadRootId: input.threadRootId ?? null,
        mentions,
        createdAt: parts.clock.timestamp(),
      });
      // Counted before the answer: after a crash in between the sender repeats the call, and the repeat counts again.
      if (message.threadRootId !== null) await recountReplies(messages, { ...message, id: message.threadRootId });
      return message;
    } catch (error) {
      if (!(error instanceof StaleAuthorisation)) throw error;
      await memberships.renew(input.conversationId, membership);
    }
  }
  throw new AppError('unavailable', { detail: 'The conversation is changing; try again.', retryAfter: 1 });
}

/** They are this send's from now on, whether it gets through or is repeated. A repeat of what is stored answers that, whatever it names. */
async function attachmentsOf(
  { attachments, messages }: ChatParts,
  { conversationId, clientMessageId, attachmentIds = [] }: Input<typeof contract.sendMessage>,
  senderId: string,
): Promise<readonly Attachment[]> {
  if (attachmentIds.length === 0) return [];
  const send = { conversationId, senderId, clientMessageId };
  try {
    return await attachments.give([...new Set(attachmentIds)], send);
  } catch (error) {
    if ((await messages.findSent([send])).length > 0) return [];
    throw error;
  }
}

/** The other user of a direct conversation, unless memory knows that the account is enabled. */
function unsureOf({ accounts }: ChatParts, { roles }: Membership, ownId: string): string | undefined {
  for (const id of roles.keys()) if (id !== ownId && accounts.known(id) !== true) return id;
  return undefined;
}

async function requireReferences(
  { messages }: ChatParts,
  { conversationId, replyTo, threadRootId }: Input<typeof contract.sendMessage>,
): Promise<void> {
  const wanted = [replyTo, threadRootId].filter((id) => typeof id === 'string');
  const found = new Map((await messages.findIn(conversationId, wanted)).map((message) => [message.id, message]));
  if (replyTo && !found.has(replyTo)) throw refusal('replyTo', 'must name a message of this conversation');
  if (!threadRootId) return;
  const root = found.get(threadRootId);
  if (!root) throw refusal('threadRootId', 'must name a message of this conversation');
  if (root.threadRootId !== null) throw refusal('threadRootId', 'must name the message that began the thread');
}

const refusal = (path: string, message: string): AppError =>
  new AppError('not_found', { detail: `${path}: ${message}`, errors: [{ path, message }] });
