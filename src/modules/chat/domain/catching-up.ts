import type { ConversationHead } from '../../../contracts/chat/entities.ts';
import type { OwnConversation } from '../ports.ts';

const changesPerConversation = 200;
const changesPerSync = 1_000;
const changesAtLeast = 10;

interface Plan {
  /** New to the caller, or of another rev than the caller's. */
  readonly differing: readonly OwnConversation[];
  readonly behind: readonly { conversationId: string; known: number; upto: number }[];
  /** The caller knows a history that was rolled back by a restored backup (G15). */
  readonly ahead: readonly ConversationHead[];
  /** Asked for, and not the caller's any more. */
  readonly removed: readonly string[];
}

/** What a caller lacks, told from the revs it knows. */
export function plan(mine: readonly OwnConversation[], known: ReadonlyMap<string, number>): Plan & { removed: string[] } {
  const ids = new Set(mine.map(({ head }) => head.id));
  return {
    differing: mine.filter(({ head }) => known.get(head.id) !== head.rev),
    behind: mine.flatMap(({ head }) => {
      const rev = known.get(head.id);
      return rev !== undefined && rev < head.rev ? [{ conversationId: head.id, known: rev, upto: head.rev }] : [];
    }),
    ahead: mine.filter(({ head }) => (known.get(head.id) ?? 0) > head.rev).map(({ head }) => head),
    removed: [...known.keys()].filter((id) => !ids.has(id)),
  };
}

/** Changes per conversation, so that an answer stays of a size that a client can take. */
export const pageSize = (conversations: number): number =>
  Math.max(changesAtLeast, Math.min(changesPerConversation, Math.floor(changesPerSync / Math.max(1, conversations))));
