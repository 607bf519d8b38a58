import type { ConversationHandle } from '../../shared/model.ts';
import { store, type Readable } from '../../shared/state/store.ts';
import type { Sight } from './timeline-scroll.ts';

export type Side = 'older' | 'newer';

/** The two ends of a window that is read page by page. */
export interface WindowEdges {
  /** Why the last page of a side could not be read, or null; that side is not asked again by itself meanwhile. */
  readonly failures: Readonly<Record<Side, Readable<unknown>>>;
  /** Reads the page that the reader comes near to; answers whether there is more of the window afterwards. */
  reach(sight: Pick<Sight, 'nearStart' | 'nearEnd'>): Promise<boolean>;
  /** Forgets the failures, as the person asks again or the connection is back. */
  allow(): void;
}

type Handle = Pick<ConversationHandle, 'timeline' | 'loadOlder' | 'loadNewer'>;

export function windowEdges(handle: Handle): WindowEdges {
  const failures = { older: store<unknown>(null), newer: store<unknown>(null) };
  const load = async (side: Side): Promise<boolean> => {
    const before = handle.timeline.get().messages;
    try {
      await (side === 'older' ? handle.loadOlder() : handle.loadNewer());
    } catch (error) {
      failures[side].set(error);
      return false;
    }
    // A page that brought nothing is not followed by another at once.
    const after = handle.timeline.get().messages;
    return after[0]?.seq !== before[0]?.seq || after.at(-1)?.seq !== before.at(-1)?.seq;
  };
  return {
    failures,
    async reach({ nearStart, nearEnd }) {
      if (!nearStart) failures.older.set(null);
      if (!nearEnd) failures.newer.set(null);
      const { loading, messages, hasOlder, hasNewer } = handle.timeline.get();
      if (loading || messages.length === 0) return false;
      if (nearStart && hasOlder && failures.older.get() === null) return load('older');
      if (nearEnd && hasNewer && failures.newer.get() === null) return load('newer');
      return false;
    },
    allow() {
      failures.older.set(null);
      failures.newer.set(null);
    },
  };
}
