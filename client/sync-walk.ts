import type { sync } from '../src/contracts/chat/sync.ts';
import type { Output, RawInput } from '../src/contracts/define.ts';

export type SyncAnswer = Output<typeof sync>;
export type SyncQuestion = RawInput<typeof sync>;

/** Ids of conversations in ascending order, and the part of all conversations that is asked for with them. */
interface Part {
  readonly ids: readonly string[];
  readonly bounds: Pick<SyncQuestion, 'afterId' | 'uptoId'>;
}

/** A frame to the server holds no more of them. */
export const namedAtMost = 2_000;

/**
 * The questions that together ask for everything that was missed: page after page of all conversations, then those of which more is to
 * come. What a page covered is not named again, so that every question brings something new, and the walk ends.
 */
export class SyncWalk {
  readonly #parts: Part[];
  readonly #uncovered = new Set<string>();
  /** Of these something is missing after the page that covered them, or they moved while the pages passed. */
  readonly #left = new Set<string>();
  #cursor: string | null = null;

  constructor(knownIds: readonly string[]) {
    this.#parts = partsOf([...knownIds].sort());
    this.#begin();
  }

  /** What to ask with the revs of these conversations as they are known then; null: nothing is left. */
  next(): { ids: readonly string[]; question: Omit<SyncQuestion, 'revs'> } | null {
    const [part] = this.#parts;
    const cursor = this.#cursor === null ? {} : { cursor: this.#cursor };
    if (part) return { ids: [...this.#uncovered], question: { ...part.bounds, ...cursor } };
    if (this.#left.size === 0) return null;
    return { ids: [...this.#left].slice(0, namedAtMost), question: { named: true } };
  }

  took(answer: SyncAnswer): void {
    const isNamed = this.#parts.length === 0;
    const covered = new Set([...Object.keys(answer.reads), ...answer.removed, ...Object.keys(answer.changes)]);
    for (const id of covered) (isNamed ? this.#left : this.#uncovered).delete(id);
    for (const [id, { more }] of Object.entries(answer.changes)) if (more) this.#left.add(id);
    // A page that covers nothing would be requested for ever.
    if (isNamed && covered.size === 0) this.#left.clear();
    if (!isNamed) this.#advance(answer);
  }

  #advance({ cursor }: Partial<Pick<SyncAnswer, 'cursor'>>): void {
    this.#cursor = cursor ?? null;
    if (this.#cursor !== null) return;
    // Removals beyond what one page holds, and conversations that became more recent than the place of the walk.
    for (const id of this.#uncovered) this.#left.add(id);
    this.#parts.shift();
    this.#begin();
  }

  #begin(): void {
    this.#uncovered.clear();
    for (const id of this.#parts[0]?.ids ?? []) this.#uncovered.add(id);
  }
}

/** One part, or several that adjoin each other, those of the newest conversations first. */
function partsOf(ids: readonly string[]): Part[] {
  const parts: Part[] = [];
  for (let from = 0; from < ids.length || from === 0; from += namedAtMost) {
    const before = ids[from - 1];
    const last = from + namedAtMost < ids.length ? ids[from + namedAtMost - 1] : undefined;
    parts.unshift({
      ids: ids.slice(from, from + namedAtMost),
      bounds: { ...(before === undefined ? {} : { afterId: before }), ...(last === undefined ? {} : { uptoId: last }) },
    });
  }
  return parts;
}
