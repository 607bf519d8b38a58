import type * as contract from '../../../contracts/chat/conversations.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { authorize } from '../../../kernel/policy.ts';
import { conversationDraft, directKeyOf } from '../domain/conversations.ts';
import { conversationOpened } from '../events.ts';
import { type ChatParts, readOwn } from '../parts.ts';
import { peopleOf, requireVisible } from '../people.ts';
import { canOpen } from '../policy.ts';
import type { ConversationDraft } from '../ports.ts';

export async function handleCreateConversation(
  parts: ChatParts,
  input: Input<typeof contract.createConversation>,
  context: Context,
): Promise<Output<typeof contract.createConversation>> {
  const actor = requireActor(context);
  authorize(canOpen(actor, input.kind), context);
  const userIds = [...new Set([actor.userId, ...input.memberIds])];
  requireShape(input, userIds.length);
  // Also with a disabled account: its messages can still be read.
  const known = input.kind === 'direct' ? await parts.conversations.findUnique({ directKey: directKeyOf(...userIds) }) : null;
  if (known !== null) return readOwn(parts, known, actor.userId);
  await requireVisible(parts, actor, input.memberIds);
  const people = await peopleOf(parts, userIds, context);
  const draft = conversationDraft({ ...input, people, createdBy: actor.userId, createdAt: parts.clock.timestamp() });
  return readOwn(parts, await opened(parts, draft), actor.userId);
}

async function opened({ budgets, conversations }: ChatParts, draft: ConversationDraft): Promise<string> {
  await budgets.spend('open', draft.createdBy);
  return conversations.create(draft, conversationOpened(draft));
}

function requireShape({ kind, name, visibility }: Input<typeof contract.createConversation>, people: number): void {
  if (kind === 'direct' && people > 2) throw refusal('memberIds', 'a direct conversation has one other person');
  if (kind === 'direct' && visibility === 'public') throw refusal('visibility', 'a direct conversation is private');
  if (kind === 'channel' && name === undefined) throw refusal('name', 'a channel needs a name');
}

const refusal = (path: string, message: string): AppError =>
  new AppError('conflict', { detail: `${path}: ${message}`, errors: [{ path, message }] });
