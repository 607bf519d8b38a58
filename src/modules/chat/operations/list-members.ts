import * as contract from '../../../contracts/chat/members.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { isId } from '../../../kernel/ids.ts';
import { cursorOf, partsOf } from '../domain/cursors.ts';
import type { ChatParts } from '../parts.ts';

export const listMembers = ({ members, memberships }: ChatParts): Implementation =>
  implement(contract.listMembers, async ({ conversationId, limit, cursor }, context) => {
    await memberships.require(conversationId, requireActor(context).userId);
    const after = cursor === undefined ? null : (partsOf(cursor, [isId])[0] ?? null);
    const found = await members.page(conversationId, { after, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? cursorOf(last.userId) : null };
  });
