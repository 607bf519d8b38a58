import * as contract from '../../../contracts/chat/operations.ts';
import type { Input } from '../../../contracts/define.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { conversationDraft } from '../domain/conversations.ts';
import { type ChatParts, readOwn } from '../parts.ts';
import { peopleOf, requireVisible } from '../people.ts';
import { mayOpen, obey } from '../policy.ts';
import type { ConversationDraft } from '../ports.ts';

export const createConversation = (parts: ChatParts): Implementation =>
  implement(contract.createConversation, async (input, context) => {
    const actor = requireActor(context);
    obey(mayOpen(actor, input.kind), context);
    const userIds = [...new Set([actor.userId, ...input.memberIds])];
    requireShape(input, userIds.length);
    await requireVisible(parts, actor, input.memberIds);
    const people = await peopleOf(parts, userIds, context);
    const draft = conversationDraft({ ...input, people, createdBy: actor.userId, createdAt: parts.clock.timestamp() });
    return readOwn(parts, (await twinOf(parts, draft)) ?? (await opened(parts, draft)), actor.userId);
  });

/** The direct conversation that there is: coming back to it costs nothing. */
const twinOf = async ({ conversations }: ChatParts, { directKey }: ConversationDraft): Promise<string | null> =>
  directKey === null ? null : conversations.findUnique({ directKey });

async function opened({ budgets, conversations }: ChatParts, draft: ConversationDraft): Promise<string> {
  await budgets.spend('open', draft.createdBy);
  return conversations.create(draft);
}

function requireShape({ kind, name, visibility }: Input<typeof contract.createConversation>, people: number): void {
  if (kind === 'direct' && people > 2) throw refusal('memberIds', 'a direct conversation has one other person');
  if (kind === 'direct' && visibility === 'public') throw refusal('visibility', 'a direct conversation is private');
  if (kind === 'channel' && name === undefined) throw refusal('name', 'a channel needs a name');
}

const refusal = (path: string, message: string): AppError =>
  new AppError('conflict', { detail: `${path}: ${message}`, errors: [{ path, message }] });
