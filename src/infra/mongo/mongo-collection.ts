import type { Model, PipelineStage } from 'mongoose';
import { fromMongo, placesTaken } from './mongo-failures.ts';

export type Filter = Readonly<Record<string, unknown>>;
type Update = Readonly<Record<string, unknown>>;

export interface Index {
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly name: string;
  readonly unique?: true;
  readonly sparse?: true;
  readonly partialFilterExpression?: Filter;
}

export type Write<T> =
  { readonly update: Filter; readonly by: Update; readonly upsert?: true } | { readonly replace: Filter; readonly by: T };

/** As Mongoose has them: what a kind of documents looks like is said by its schema, and by `T` to those who use it. */
export interface Plain {
  _id: string;
}

interface Selection {
  readonly project?: Readonly<Record<string, 1 | 0>>;
  readonly sort?: Readonly<Record<string, 1 | -1>>;
  readonly limit?: number;
  /** After which the server gives a read up: `deadline_exceeded`. */
  readonly maxTimeMs?: number;
}

/**
 * Documents of one kind, plain in and out. Filters and updates are MongoDB's own; a field the schema does not know is a fault. Whatever is
 * written is journaled by a majority when a method resolves.
 */
export class MongoCollection<T extends Plain> {
  readonly #model: Model<Plain>;
  readonly #indexes: readonly Index[];
  readonly #reads: 'majority' | 'local';

  /** With `majority` nothing is read that an election could take back; a lone server has none to ask. */
  constructor(model: Model<Plain>, { indexes, reads }: { indexes: readonly Index[]; reads: 'majority' | 'local' }) {
    this.#model = model;
    this.#indexes = indexes;
    this.#reads = reads;
  }

  /** Makes the indexes that are not there yet; waits until they are built. */
  async prepare(): Promise<void> {
    // A collection that is not there has none to be asked for; making it first makes both the same.
    await fromMongo(this.#model.createCollection());
    if (this.#indexes.length > 0) await fromMongo(this.#model.collection.createIndexes([...this.#indexes] as never));
  }

  /** Makes indexes beside those of `prepare`, and removes others by name: may take minutes where there is much, and hinders no one. */
  async exchangeIndexes(made: readonly Index[], removed: readonly string[]): Promise<void> {
    await fromMongo(this.#model.collection.createIndexes([...made] as never));
    const present = await fromMongo(this.#model.collection.indexes());
    for (const { name } of present)
      if (name !== undefined && removed.includes(name)) await fromMongo(this.#model.collection.dropIndex(name));
  }

  async find(filter: Filter, selection: Selection = {}): Promise<T[]> {
    return (await fromMongo(this.#query(filter, selection).exec())) as unknown as T[];
  }

  async findOne(filter: Filter, project: Selection['project'] = {}): Promise<T | null> {
    const [found] = await this.find(filter, { project, limit: 1 });
    return found ?? null;
  }

  /** One by one, as far as the caller goes. */
  async *each(filter: Filter, selection: Selection & { readonly together: number }): AsyncGenerator<T> {
    const cursor = this.#query(filter, selection).cursor({ batchSize: selection.together });
    try {
      for (let found = await fromMongo(cursor.next()); found; found = await fromMongo(cursor.next())) yield found as unknown as T;
    } finally {
      await cursor.close();
    }
  }

  count(filter: Filter): Promise<number> {
    return fromMongo(
      this.#model
        .countDocuments({ ...filter })
        .readConcern(this.#reads)
        .exec(),
    );
  }

  /** What the server keeps count of, at once however many there are; a crash of it may leave it wrong. */
  keptCount(): Promise<number> {
    return fromMongo(this.#model.estimatedDocumentCount().exec());
  }

  groups<R>(pipeline: readonly PipelineStage[]): Promise<R[]> {
    return fromMongo(
      this.#model
        .aggregate<R>([...pipeline])
        .readConcern(this.#reads)
        .exec(),
    );
  }

  /** False when a document of one of its unique keys is there already. */
  async add(document: T): Promise<boolean> {
    return (await unlessTaken(this.#model.insertMany([document], { lean: true }))) !== null;
  }

  /** Those that are there already stay as they are; another one with a unique key of theirs is a fault. */
  async addAll(documents: readonly T[]): Promise<void> {
    if (documents.length === 0) return;
    const inserting = this.#model.insertMany([...documents], { lean: true, ordered: false });
    try {
      await inserting;
    } catch (error) {
      const places = placesTaken(error);
      const taken = new Set(places?.map((place) => documents[place]?._id));
      const there = taken.size === 0 ? 0 : await this.count({ _id: { $in: [...taken] } });
      if (places === null || there < taken.size) await fromMongo(Promise.reject(error as Error));
    }
  }

  /** As they are from now on, in place of those of the same id; another one with a unique key of theirs is a fault. */
  async putAll(documents: readonly T[]): Promise<void> {
    if (documents.length === 0) return;
    const puts = documents.map((document) => ({ replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true } }));
    await fromMongo(this.#model.bulkWrite(puts, { ordered: false }));
  }

  /** Whether a document matched. */
  async update(filter: Filter, by: Update): Promise<boolean> {
    const { matchedCount } = await fromMongo(this.#model.updateOne({ ...filter }, { ...by }).exec());
    return matchedCount > 0;
  }

  async updateAll(filter: Filter, by: Update): Promise<void> {
    await fromMongo(this.#model.updateMany({ ...filter }, { ...by }).exec());
  }

  /**
   * All in one go, in no order; how many matched. An upsert whose filter asks for more than the id leaves a document alone that is there
   * and does not match.
   */
  async write(writes: readonly Write<T>[]): Promise<number> {
    if (writes.length === 0) return 0;
    const result = await unlessTaken(this.#model.bulkWrite(writes.map(operationOf), { ordered: false }));
    return result?.matchedCount ?? 0;
  }

  async remove(filter: Filter): Promise<void> {
    await fromMongo(this.#model.deleteMany({ ...filter }).exec());
  }

  #query(filter: Filter, { project, sort, limit, maxTimeMs }: Selection) {
    const query = this.#model
      .find({ ...filter }, project ?? null)
      .readConcern(this.#reads)
      .lean();
    if (sort) void query.sort({ ...sort });
    if (limit !== undefined) void query.limit(limit);
    if (maxTimeMs !== undefined) void query.maxTimeMS(maxTimeMs);
    return query;
  }
}

const operationOf = <T>(write: Write<T>) =>
  'replace' in write
    ? { replaceOne: { filter: write.replace, replacement: write.by } }
    : { updateOne: { filter: write.update, update: write.by, upsert: write.upsert ?? false } };

/** Null when all that went wrong is that documents were there already. */
async function unlessTaken<R>(answer: Promise<R>): Promise<R | null> {
  try {
    return await answer;
  } catch (error) {
    if (placesTaken(error)) return null;
    return fromMongo(Promise.reject(error as Error));
  }
}
