import type { User } from '../src/contracts/auth/accounts.ts';
import type { Conversation } from '../src/contracts/chat/conversations.ts';
import type { Message } from '../src/contracts/chat/messages.ts';
import type { OutboxEntry, UploadState } from './client.ts';

/** Where a program keeps its refresh token between runs; a browser keeps it in a cookie out of reach. */
export interface TokenStore {
  read(): Promise<string | null>;
  write(refreshToken: string | null): Promise<void>;
  /**
   * The token by which accounts recognise this device; it outlives sessions. Where both methods are left out, it lasts as long as the client: after a
   * restart, wrong passwords of others behind the same address may hold off this program too.
   */
  readDevice?(): Promise<string | null>;
  writeDevice?(deviceToken: string): Promise<void>;
}

/** Keeps messages on their way, per user. */
export interface OutboxStore {
  load(userId: string): Promise<readonly OutboxEntry[]>;
  has(userId: string, clientMessageId: string): Promise<boolean>;
  put(userId: string, entry: OutboxEntry): Promise<void>;
  remove(userId: string, clientMessageId: string): Promise<void>;
  clear(userId: string): Promise<void>;
}

/** A file on its way as it is kept. */
export type KeptUpload = Pick<
  UploadState,
  'id' | 'conversationId' | 'clientMessageId' | 'name' | 'size' | 'mimeType' | 'createdAt' | 'attachment'
> & {
  readonly status: 'waiting' | 'paused' | 'failed' | 'done';
  readonly code: string | null;
  /** Where the server has it, below the API; null before. */
  readonly path: string | null;
  /** Null where it is too large to be kept, and once the server has it. */
  readonly file: Blob | null;
};

/** Keeps files on their way, per user. */
export interface UploadStore {
  load(userId: string): Promise<readonly KeptUpload[]>;
  get(userId: string, id: string): Promise<KeptUpload | null>;
  put(userId: string, upload: KeptUpload): Promise<void>;
  remove(userId: string, id: string): Promise<void>;
  clear(userId: string): Promise<void>;
}

/** The newest messages of a conversation as they were last seen, ascending in `seq`. */
export interface KeptPage {
  readonly messages: readonly Message[];
  readonly hasOlder: boolean;
}

/** What a device keeps of the person who was signed in last. */
export interface KeptState {
  readonly user: User;
  readonly conversations: readonly Conversation[];
  readonly people: readonly User[];
  /** Ids of the conversations with a page. */
  readonly paged: ReadonlySet<string>;
}

export interface KeptChanges {
  /** `page` null: the one that is kept stays. */
  readonly conversations: readonly { readonly conversation: Conversation; readonly page: KeptPage | null }[];
  /** Conversations that are not the person's any more. */
  readonly removed: readonly string[];
  /** Null: those that are kept stay. */
  readonly people: readonly User[] | null;
  /** Conversations that are not among these are dropped; null: none is. */
  readonly only: readonly string[] | null;
}

/**
 * Keeps on the device what a person saw last, so that a program shows it before the server has answered. It holds one person, and what it holds may be
 * gone at any time. A method rejects when the store fails, as where it is full.
 */
export interface LocalStore {
  /** Null: nobody is kept, or nothing that this version can read. */
  load(): Promise<KeptState | null>;
  page(userId: string, conversationId: string): Promise<KeptPage | null>;
  /** From now on this person is kept; what was kept of another is dropped. */
  begin(user: User): Promise<void>;
  /** Does nothing unless this person is kept. What is kept of a conversation in a later state, as by another tab, stays. */
  save(userId: string, changes: KeptChanges): Promise<void>;
  /** Drops everything if this person is kept; null: whoever is kept. */
  clear(userId: string | null): Promise<void>;
}

export interface ClientOptions {
  /** The server's origin, `https://chat.example.org`; empty for the page's own in a browser. */
  readonly url: string;
  /** IndexedDB in browsers and memory elsewhere, unless given. */
  readonly outbox?: OutboxStore;
  /** The same for files on their way. */
  readonly uploads?: UploadStore;
  /** What is shown before the server has answered. IndexedDB in browsers and none elsewhere, unless given. */
  readonly local?: LocalStore;
  /** Given, or outside a browser: the refresh token travels in bodies and is kept here; memory unless given. */
  readonly tokens?: TokenStore;
}
