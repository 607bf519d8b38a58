import type { Model, PipelineStage } from 'mongoose';
import type { DocumentCollection, Filter, Index, Plain, Selection, Write } from '../../kernel/document-database.ts';
import { fromMongo, placesTaken } from './mongo-failures.ts';

type Update = Filter;

/** A collection through Mongoose. */
export class MongoCollection<T extends Plain> implements DocumentCollection<T> {
  readonly #model: Model<Plain>;
  readonly #indexes: readonly Index[];
  readonly #reads: 'majority' | 'local';

  /** With `majority` nothing is read that an election could take back; a lone server has none to ask. */
  constructor(model: Model<Plain>, { indexes, reads }: { indexes: readonly Index[]; reads: 'majority' | 'local' }) {
    this.#model = model;
    this.#indexes = indexes;
    this.#reads = reads;
  }

  async prepare(): Promise<void> {
    // A collection that is not there has none to be asked for; making it first makes both the same.
    await fromMongo(this.#model.createCollection());
    if (this.#indexes.length > 0) await fromMongo(this.#model.collection.createIndexes([...this.#indexes] as never));
  }

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

  keptCount(): Promise<number> {
    return fromMongo(this.#model.estimatedDocumentCount().exec());
  }

  groups<R>(pipeline: readonly Filter[]): Promise<R[]> {
    return fromMongo(
      this.#model
        .aggregate<R>([...pipeline] as unknown as PipelineStage[])
        .readConcern(this.#reads)
        .exec(),
    );
  }

  async add(document: T): Promise<boolean> {
    return (await unlessTaken(this.#model.insertMany([document], { lean: true }))) !== null;
  }

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

  async putAll(documents: readonly T[]): Promise<void> {
    if (documents.length === 0) return;
    const puts = documents.map((document) => ({ replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true } }));
    await fromMongo(this.#model.bulkWrite(puts, { ordered: false }));
  }

  async update(filter: Filter, by: Update): Promise<boolean> {
    const { matchedCount } = await fromMongo(this.#model.updateOne({ ...filter }, { ...by }).exec());
    return matchedCount > 0;
  }

  async updateAll(filter: Filter, by: Update): Promise<void> {
    await fromMongo(this.#model.updateMany({ ...filter }, { ...by }).exec());
  }

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
