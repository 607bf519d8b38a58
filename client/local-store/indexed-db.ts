import type { User } from '../../src/contracts/auth/accounts.ts';
import type { Conversation } from '../../src/contracts/chat/conversations.ts';
import type { KeptChanges, KeptPage, KeptState, LocalStore } from '../options.ts';
import { requested, settled } from './requests.ts';

interface Owner {
  readonly user: User;
  readonly people: readonly User[];
  /** Unix milliseconds of the last sign-in or save. */
  readonly savedAt: number;
}
interface ConversationRow {
  readonly id: string;
  readonly conversation: Conversation;
}
interface PageRow extends KeptPage {
  readonly id: string;
  readonly rev: number;
  readonly savedAt: number;
}

/** Another number for records that this code cannot read: what is kept in another version is dropped. */
const recordVersion = 1;
const pagesAtMost = 30;
/** Longer than a session lasts without use. */
const keptForMs = 30 * 24 * 60 * 60 * 1000;
const ownerKey = 'owner';
const stores = ['owner', 'conversations', 'pages'] as const;

/** In the database of the browser; the tabs of a browser share it. */
export class IndexedDbLocalStore implements LocalStore {
  readonly #factory: IDBFactory;
  readonly #name: string;
  readonly #now: () => number;
  #database: Promise<IDBDatabase> | null = null;

  constructor(factory: IDBFactory, { name = 'confab-local', now = Date.now }: { name?: string; now?: () => number } = {}) {
    this.#factory = factory;
    this.#name = name;
    this.#now = now;
  }

  async load(): Promise<KeptState | null> {
    const transaction = await this.#begin('readonly');
    const [owner, rows, paged] = await Promise.all([
      ownerIn(transaction),
      requested(transaction.objectStore('conversations').getAll() as IDBRequest<ConversationRow[]>),
      requested(transaction.objectStore('pages').getAllKeys() as IDBRequest<string[]>),
    ]);
    if (!owner || owner.savedAt < this.#now() - keptForMs) return null;
    return { user: owner.user, people: owner.people, conversations: rows.map(({ conversation }) => conversation), paged: new Set(paged) };
  }

  async page(userId: string, conversationId: string): Promise<KeptPage | null> {
    const transaction = await this.#begin('readonly');
    const [owner, row] = await Promise.all([
      ownerIn(transaction),
      requested(transaction.objectStore('pages').get(conversationId) as IDBRequest<PageRow | undefined>),
    ]);
    return owner?.user.id === userId && row ? { messages: row.messages, hasOlder: row.hasOlder } : null;
  }

  async begin(user: User): Promise<void> {
    const transaction = await this.#begin('readwrite');
    const done = settled(transaction);
    const before = await ownerIn(transaction);
    const isSame = before?.user.id === user.id;
    if (!isSame) for (const name of stores) transaction.objectStore(name).clear();
    putOwner(transaction, { user, people: isSame ? before.people : [], savedAt: this.#now() });
    await done;
  }

  async save(userId: string, { conversations, removed, people, only }: KeptChanges): Promise<void> {
    const transaction = await this.#begin('readwrite');
    const done = settled(transaction);
    const owner = await ownerIn(transaction);
    if (owner?.user.id === userId) {
      putOwner(transaction, { ...owner, people: people ?? owner.people, savedAt: this.#now() });
      for (const id of removed) drop(transaction, id);
      if (only) await dropAllBut(transaction, new Set(only));
      await Promise.all(conversations.map((one) => this.#put(transaction, one)));
      await dropOldPages(transaction);
    }
    await done;
  }

  /** A database of a later version cannot be opened, but it can be deleted: nobody's messages stay after a sign-out. */
  async clear(userId: string | null): Promise<void> {
    let transaction: IDBTransaction;
    try {
      transaction = await this.#begin('readwrite');
    } catch {
      await this.#delete();
      return;
    }
    const done = settled(transaction);
    const owner = await ownerIn(transaction);
    if (userId === null || owner?.user.id === userId) for (const name of stores) transaction.objectStore(name).clear();
    await done;
  }

  async #put(transaction: IDBTransaction, { conversation, page }: KeptChanges['conversations'][number]): Promise<void> {
    const { id, rev } = conversation;
    const heads = transaction.objectStore('conversations');
    const known = await requested(heads.get(id) as IDBRequest<ConversationRow | undefined>);
    if (known && known.conversation.rev > rev) return;
    heads.put({ id, conversation } satisfies ConversationRow);
    if (page) transaction.objectStore('pages').put({ id, rev, savedAt: this.#now(), ...page } satisfies PageRow);
  }

  async #begin(mode: IDBTransactionMode): Promise<IDBTransaction> {
    return (await this.#open()).transaction([...stores], mode);
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= this.#opened().catch((error: unknown) => {
      this.#database = null;
      throw error;
    });
    return this.#database;
  }

  async #opened(): Promise<IDBDatabase> {
    const request = this.#factory.open(this.#name, recordVersion);
    request.onupgradeneeded = () => {
      const { result } = request;
      for (const name of result.objectStoreNames) result.deleteObjectStore(name);
      result.createObjectStore('owner');
      result.createObjectStore('conversations', { keyPath: 'id' });
      result.createObjectStore('pages', { keyPath: 'id' }).createIndex('savedAt', 'savedAt');
    };
    const database = await requested(request);
    // Another tab with a later version of the page must not wait for this one.
    database.onversionchange = () => {
      this.#database = null;
      database.close();
    };
    database.onclose = () => {
      this.#database = null;
    };
    return database;
  }

  async #delete(): Promise<void> {
    await requested(this.#factory.deleteDatabase(this.#name));
  }
}

const ownerIn = (transaction: IDBTransaction): Promise<Owner | undefined> =>
  requested(transaction.objectStore('owner').get(ownerKey) as IDBRequest<Owner | undefined>);

const putOwner = (transaction: IDBTransaction, owner: Owner): void => {
  transaction.objectStore('owner').put(owner, ownerKey);
};

function drop(transaction: IDBTransaction, id: string): void {
  for (const name of ['conversations', 'pages'] as const) transaction.objectStore(name).delete(id);
}

async function dropAllBut(transaction: IDBTransaction, ids: ReadonlySet<string>): Promise<void> {
  const known = await requested(transaction.objectStore('conversations').getAllKeys() as IDBRequest<string[]>);
  for (const id of known) if (!ids.has(id)) drop(transaction, id);
}

async function dropOldPages(transaction: IDBTransaction): Promise<void> {
  const pages = transaction.objectStore('pages');
  const byAge = await requested(pages.index('savedAt').getAllKeys());
  for (const key of byAge.slice(0, Math.max(0, byAge.length - pagesAtMost))) pages.delete(key);
}
