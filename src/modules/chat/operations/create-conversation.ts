import * as contract from '../../../contracts/chat/operations.ts';
import type { Input } from '../../../contracts/define.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { conversationDraft } from '../domain/conversations.ts';
import { type ChatParts, readOwn } from '../parts.ts';
import { peopleOf } from '../people.ts';
import { mayOpen, obey } from '../policy.ts';

export const createConversation = (parts: ChatParts): Implementation =>
  implement(contract.createConversation, async (input, context) => {
    const actor = requireActor(context);
    obey(mayOpen(actor, input.kind));
    const userIds = [...new Set([actor.userId, ...input.memberIds])];
    requireShape(input, userIds.length);
    const people = await peopleOf(parts, userIds, context);
    const id = await parts.conversations.create(
      conversationDraft({ ...input, people, createdBy: actor.userId, createdAt: parts.clock.timestamp() }),
    );
    return readOwn(parts, id, actor.userId);
  });

function requireShape({ kind, name, visibility }: Input<typeof contract.createConversation>, people: number): void {
  if (kind === 'direct' && people > 2) throw refusal('memberIds', 'a direct conversation has one other person');
  if (kind === 'direct' && visibility === 'public') throw refusal('visibility', 'a direct conversation is private');
  if (kind === 'channel' && name === undefined) throw refusal('name', 'a channel needs a name');
}

const refusal = (path: string, message: string): AppError =>
  new AppError('validation_failed', { detail: `${path}: ${message}`, errors: [{ path, message }] });
