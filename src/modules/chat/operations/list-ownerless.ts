import type { Context } from '../../../kernel/context.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/ownerless.ts';
import { isId } from '../../../kernel/ids.ts';
import { cursorOf, partsOf } from '../../../kernel/paging.ts';
import type { ChatParts } from '../parts.ts';
import { governorsAmong } from '../people.ts';

/** Conversations that are looked at for one page. */
const lookedAt = 1_000;

export async function handleListOwnerless(
  parts: ChatParts,
  { limit, cursor }: Input<typeof contract.listOwnerless>,
  context: Context,
): Promise<Output<typeof contract.listOwnerless>> {
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
}
