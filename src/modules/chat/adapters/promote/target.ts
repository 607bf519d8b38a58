import type { DocumentCollection, DocumentDatabase } from '../../../../kernel/document-database.ts';
import { newId } from '../../../../kernel/ids.ts';
import { type Collections, collectionsOf } from '../message-store/mongo/collections.ts';

const markerId = 'marker';

/** What MongoDB says of being the target of a move, and how far the copy of each conversation is. */
interface NoteDocument {
  readonly _id: string;
  /** Of the marker: the copy's own name, the database it is of, and whether it is the team's. */
  readonly copy?: string;
  readonly source?: string;
  readonly isFinished?: boolean;
  /** Of a conversation: its messages are copied up to this rev. */
  readonly rev?: number;
}

export type Marker = Required<Pick<NoteDocument, 'copy' | 'source' | 'isFinished'>>;

const fields = { _id: String, copy: String, source: String, isFinished: Boolean, rev: Number };

/** The notes of a move in MongoDB. */
export class MoveNotes {
  readonly #notes: DocumentCollection<NoteDocument>;

  constructor(mongo: DocumentDatabase) {
    this.#notes = mongo.collection('chat.promotion', fields, []);
  }

  async marker(): Promise<Marker | null> {
    return (await this.#notes.findOne({ _id: markerId }, { _id: 0 })) as Marker | null;
  }

  /** Makes it the unfinished copy of `source`, before anything else is put into it; answers the copy's name. */
  async begin(source: string): Promise<string> {
    const before = await this.marker();
    if (before) return before.copy;
    await this.#notes.add({ _id: markerId, copy: newId(), source, isFinished: false });
    return (await this.marker())?.copy ?? '';
  }

  async copied(): Promise<Map<string, number>> {
    const notes = await this.#notes.find({ rev: { $exists: true } });
    return new Map(notes.map(({ _id, rev = 0 }) => [_id, rev]));
  }

  note(revs: readonly (readonly [string, number])[]): Promise<void> {
    return this.#notes.putAll(revs.map(([_id, rev]) => ({ _id, rev })));
  }

  forget(conversationIds: readonly string[]): Promise<void> {
    return this.#notes.remove({ _id: { $in: conversationIds } });
  }

  /** Makes the copy the team's database. Idempotent. */
  async finish(): Promise<void> {
    await this.#notes.update({ _id: markerId }, { $set: { isFinished: true } });
    await this.#notes.remove({ rev: { $exists: true } });
  }
}

/** Where a move writes to. */
export interface Target {
  readonly collections: Collections;
  readonly notes: MoveNotes;
}

export const targetIn = (mongo: DocumentDatabase): Target => ({ collections: collectionsOf(mongo), notes: new MoveNotes(mongo) });

/** Everything that keeps it from becoming the home of the conversations of `source`. None: it is ready, or half-way there. */
export async function targetFaults({ collections, notes }: Target, source: string): Promise<string[]> {
  const marker = await notes.marker();
  if (marker?.source === source && !marker.isFinished) return [];
  if (marker) return [`the database holds ${marker.isFinished ? 'a team' : 'the unfinished copy of another team'}: name an empty one`];
  const kinds = Object.entries(collections) as [string, DocumentCollection<{ _id: string }>][];
  const found = await Promise.all(kinds.map(async ([name, each]) => ((await each.findOne({}, { _id: 1 })) ? [`chat.${name}`] : [])));
  const full = found.flat();
  return full.length === 0 ? [] : [`the database is not empty (${full.join(', ')}): name another one in the address`];
}
