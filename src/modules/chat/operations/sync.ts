import type * as contract from '../../../contracts/chat/sync.ts';
import type { Input, Output } from '../../../contracts/define.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { isId } from '../../../kernel/ids.ts';
import { asking, plan, type SyncPlace } from '../domain/catching-up.ts';
import { cursorOf, isTime, partsOf } from '../../../kernel/paging.ts';
import { SyncPage, type MissedChanges } from '../domain/sync-page.ts';
import type { ChatParts } from '../parts.ts';
import type { OwnConversation, OwnRev } from '../ports.ts';
import { presentConversation } from '../present.ts';

/** The fewest bytes of a conversation on the wire. */
const bytesPerConversation = 500;

/** A page of what was missed, in three reads for any number of conversations; in one where nothing was missed. */
export async function handleSync(
  parts: ChatParts,
  input: Input<typeof contract.sync>,
  context: Context,
): Promise<Output<typeof contract.sync>> {
  const { userId } = requireActor(context);
  const known = new Map(Object.entries(input.revs));
  const mine = await parts.conversations.ownRevs(userId, input.named ? [...known.keys()] : undefined);
  const { differing, settled, removed } = plan(mine.filter(isWithin(input)), known, placeOf(input.cursor));
  const page = new SyncPage(input.maxBytes);
  page.putRemoved(removed);
  const isWhole = await putDiffering({ parts, page, userId, known }, differing);
  if (isWhole) page.putSettled(settled);
  return page.answer(({ part, activeAt, id }) => cursorOf(part, activeAt, id));
}

const isWithin =
  ({ afterId = '', uptoId }: Input<typeof contract.sync>) =>
  ({ id }: OwnRev): boolean =>
    id > afterId && (uptoId === undefined || id <= uptoId);

interface Asking {
  readonly parts: ChatParts;
  readonly page: SyncPage;
  readonly userId: string;
  readonly known: ReadonlyMap<string, number>;
}

/** Whether all of them fit. */
async function putDiffering(where: Asking, differing: readonly OwnRev[]): Promise<boolean> {
  const { parts, page, userId } = where;
  const looked = differing.slice(0, Math.max(1, Math.ceil(page.left / bytesPerConversation)));
  if (looked.length === 0) return true;
  const found = await parts.conversations.listOwn(userId, { among: looked.map(({ id }) => id) });
  const own = new Map(found.map((one) => [one.head.id, one]));
  const missed = await changesOf(
    where,
    looked.flatMap(({ id }) => own.get(id) ?? []),
  );
  for (const rev of looked) {
    const one = own.get(rev.id);
    if (!one) page.pass(rev);
    else if (!page.putDiffering(rev, presentConversation(one), missed(one))) return false;
  }
  return looked.length === differing.length || page.end();
}

/** Reads the changes of the conversations that are behind: after the conversations, so that they are at least as new as the revs. */
async function changesOf(
  { parts, page, known }: Asking,
  own: readonly OwnConversation[],
): Promise<(one: OwnConversation) => MissedChanges> {
  const behind = own.flatMap(({ head: { id: conversationId, rev } }) => {
    const knownRev = known.get(conversationId);
    return knownRev !== undefined && knownRev < rev ? [{ conversationId, known: knownRev, gap: rev - knownRev }] : [];
  });
  // Not bounded by the rev each conversation was read with: a missed message that somebody reacts to between the two
  // reads would lie above it, and the event of that reaction does not bring its text. It is only fresher than `uptoRev`.
  const found = behind.length === 0 ? null : await parts.messages.changesSince(asking(behind, page.left), page.left);
  return ({ head: { id, rev } }) => {
    const knownRev = known.get(id);
    if (knownRev === undefined) return null;
    return knownRev > rev ? 'reset' : (found?.get(id) ?? { messages: [], isCut: knownRev < rev });
  };
}

function placeOf(cursor: string | undefined): SyncPlace | null {
  if (cursor === undefined) return null;
  const [part = '', activeAt = '', id = ''] = partsOf(cursor, [isPart, isTime, isId]);
  return { part: part === 'differing' ? part : 'settled', activeAt, id };
}

const isPart = (part: string): boolean => part === 'differing' || part === 'settled';
