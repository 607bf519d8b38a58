import * as contract from '../../../contracts/chat/pins.ts';
import { maxPageBytes } from '../../../contracts/chat/sync.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { requireActor } from '../../../kernel/context.ts';
import { cursorOf, isCount, partsOf } from '../domain/cursors.ts';
import { within } from '../domain/pages.ts';
import type { ChatParts } from '../parts.ts';

/** The cursor is the `seq` of the last message of the page. */
export const listPins = ({ messages, memberships }: ChatParts): Implementation =>
  implement(contract.listPins, async ({ conversationId, limit, cursor }, context) => {
    await memberships.require(conversationId, requireActor(context).userId);
    const before = cursor === undefined ? null : Number(partsOf(cursor, [isCount])[0]);
    const found = await messages.page(conversationId, { before }, { limit: limit + 1, bytes: maxPageBytes, only: 'pinned' });
    const newestFirst = found.items.toReversed();
    const items = within(newestFirst.slice(0, limit), maxPageBytes);
    const last = found.isCut || found.items.length > items.length ? items.at(-1) : undefined;
    return { items, nextCursor: last ? cursorOf(String(last.seq)) : null };
  });
