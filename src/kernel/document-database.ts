/** A condition in the language of MongoDB. */
export type Filter = Readonly<Record<string, unknown>>;
type Update = Readonly<Record<string, unknown>>;
/** The fields of a kind of documents, as Mongoose takes them: type or nested fields by name. */
export type Fields = Readonly<Record<string, unknown>>;

export interface Index {
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly name: string;
  readonly unique?: true;
  readonly sparse?: true;
  readonly partialFilterExpression?: Filter;
}

export type Write<T> =
  { readonly update: Filter; readonly by: Update; readonly upsert?: true } | { readonly replace: Filter; readonly by: T };

/** The part that all documents have. The rest is said by their fields, and by `T` to those who use them. */
export interface Plain {
  _id: string;
}

export interface Selection {
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
export interface DocumentCollection<T extends Plain> {
  /** Makes the indexes that are not there yet; waits until they are built. */
  prepare(): Promise<void>;
  /** Makes indexes beside those of `prepare`, and removes others by name: may take minutes where there is much, and hinders no one. */
  exchangeIndexes(made: readonly Index[], removed: readonly string[]): Promise<void>;
  find(filter: Filter, selection?: Selection): Promise<T[]>;
  findOne(filter: Filter, project?: Selection['project']): Promise<T | null>;
  /** One by one, as far as the caller goes. */
  each(filter: Filter, selection: Selection & { readonly together: number }): AsyncGenerator<T>;
  count(filter: Filter): Promise<number>;
  /** What the server keeps count of, at once however many there are; a crash of it may leave it wrong. */
  keptCount(): Promise<number>;
  /** The answer of an aggregation. */
  groups<R>(pipeline: readonly Filter[]): Promise<R[]>;
  /** False when a document of one of its unique keys is there already. */
  add(document: T): Promise<boolean>;
  /** Those that are there already stay as they are; another one with a unique key of theirs is a fault. */
  addAll(documents: readonly T[]): Promise<void>;
  /** As they are from now on, in place of those of the same id; another one with a unique key of theirs is a fault. */
  putAll(documents: readonly T[]): Promise<void>;
  /** Whether a document matched. */
  update(filter: Filter, by: Update): Promise<boolean>;
  updateAll(filter: Filter, by: Update): Promise<void>;
  /**
   * All in one go, in no order; how many matched. An upsert whose filter asks for more than the id leaves a document alone that is there
   * and does not match.
   */
  write(writes: readonly Write<T>[]): Promise<number>;
  remove(filter: Filter): Promise<void>;
}

/** A MongoDB server or replica set, for stores that can live there. A lost server is `unavailable`. */
export interface DocumentDatabase {
  /** Whether others could hold what is acknowledged here too. */
  readonly isReplicated: boolean;
  collection<T extends Plain>(name: string, fields: Fields, indexes: readonly Index[]): DocumentCollection<T>;
}
