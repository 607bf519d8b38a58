import type { OwnRev } from '../ports.ts';

/** A place in the order of a sync: conversations that differ first, then those that do not; each part most recently active first. */
export interface SyncPlace {
  readonly part: 'differing' | 'settled';
  readonly activeAt: string;
  readonly id: string;
}

export interface Plan {
  /** New to the caller, or of another rev than the caller's. */
  readonly differing: readonly OwnRev[];
  /** Of the rev the caller knows: only read marks and mutes are sent for them. */
  readonly settled: readonly OwnRev[];
  /** Named by the caller, who is no longer a member. */
  readonly removed: readonly string[];
}

/** Compares the caller's conversations with the revs it knows, and plans the sync behind a place. */
export function plan(mine: readonly OwnRev[], known: ReadonlyMap<string, number>, after: SyncPlace | null): Plan {
  const ids = new Set(mine.map(({ id }) => id));
  const isSettled = ({ id, rev }: OwnRev): boolean => known.get(id) === rev;
  return {
    differing:
      after?.part === 'settled'
        ? []
        : beyond(
            mine.filter((one) => !isSettled(one)),
            after,
          ),
    settled: beyond(mine.filter(isSettled), after?.part === 'settled' ? after : null),
    removed: [...known.keys()].filter((id) => !ids.has(id)),
  };
}

function beyond(revs: readonly OwnRev[], after: SyncPlace | null): OwnRev[] {
  return revs.filter((one) => after === null || byRecency(after, one) < 0).sort(byRecency);
}

const byRecency = (one: Pick<OwnRev, 'activeAt' | 'id'>, other: Pick<OwnRev, 'activeAt' | 'id'>): number => {
  if (one.activeAt !== other.activeAt) return one.activeAt > other.activeAt ? -1 : 1;
  return one.id === other.id ? 0 : one.id > other.id ? -1 : 1;
};

const changesPerConversation = 200;
const changesAtLeast = 10;
/** The fewest bytes of a change on the wire. */
const bytesPerChange = 450;

/** How many changes to read of each conversation that is behind, in their order: more never fit into the bytes. */
export function asking<T extends { readonly gap: number }>(behind: readonly T[], bytes: number): (T & { readonly limit: number })[] {
  const most = Math.ceil(bytes / bytesPerChange);
  const share = Math.max(changesAtLeast, Math.min(changesPerConversation, Math.ceil(most / Math.max(1, behind.length))));
  const asked: (T & { limit: number })[] = [];
  let sum = 0;
  for (const one of behind) {
    if (sum >= most) break;
    const limit = Math.min(share, one.gap);
    asked.push({ ...one, limit });
    sum += limit;
  }
  return asked;
}
