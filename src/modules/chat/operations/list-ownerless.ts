import * as contract from '../../../contracts/chat/ownerless.ts';
import { implement, type Implementation } from '../../../kernel/bus/bus.ts';
import { isId } from '../../../kernel/ids.ts';
import { cursorOf, partsOf } from '../domain/cursors.ts';
import type { ChatParts } from '../parts.ts';
import { governorsAmong } from '../people.ts';

/** Conversations that are looked at for one page. */
const lookedAt = 1_000;

export const listOwnerless = (parts: ChatParts): Implementation =>
  implement(contract.listOwnerless, async ({ limit, cursor }, context) => {
    const [after = null] = cursor === undefined ? [] : partsOf(cursor, [isId]);
    const found = await parts.owners.owned({ after, limit: lookedAt });
    const governors = await governorsAmong(
      parts,
      found.flatMap(({ ownerIds }) => ownerIds),
      context,
    );
    const ownerless = found.filter(({ ownerIds }) => !ownerIds.some((id) => governors.has(id)));
    const shown = ownerless.slice(0, limit);
    const last = ownerless.length > limit ? shown.at(-1) : found.length === lookedAt ? found.at(-1) : undefined;
    return {
      items: shown.map(({ id, kind, name, memberCount, createdAt }) => ({ id, kind, name, memberCount, createdAt })),
      nextCursor: last ? cursorOf(last.id) : null,
    };
  });
