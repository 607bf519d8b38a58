import type { DocumentCollection } from '../../../../kernel/document-database.ts';
import type { Collections } from '../message-store/mongo/collections.ts';

export type Kind = 'conversations' | 'members' | 'messages' | 'edits';

/**
 * How many documents lie in a collection that nobody else writes to. Counting reads an index from end to end, which takes seconds where millions
 * are; the server keeps a count of its own that a crash may have spoiled. So it is counted once, and where the two agree, the kept one goes on.
 */
export class RowCounts {
  readonly #collections: Collections;
  readonly #areKept = new Set<Kind>();

  constructor(collections: Collections) {
    this.#collections = collections;
  }

  async of(kind: Kind): Promise<number> {
    const collection = this.#collections[kind] as DocumentCollection<{ _id: string }>;
    const kept = await collection.keptCount();
    if (this.#areKept.has(kind)) return kept;
    const counted = await collection.count({});
    if (counted === kept) this.#areKept.add(kind);
    return counted;
  }
}
