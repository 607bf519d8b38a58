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

export interface ClientOptions {
  /** The server's origin, `https://chat.example.org`; empty for the page's own in a browser. */
  readonly url: string;
  /** IndexedDB in browsers and memory elsewhere, unless given. */
  readonly outbox?: OutboxStore;
  /** The same for files on their way. */
  readonly uploads?: UploadStore;
  /** Given, or outside a browser: the refresh token travels in bodies and is kept here; memory unless given. */
  readonly tokens?: TokenStore;
}
