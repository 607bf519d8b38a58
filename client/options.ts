import type { OutboxEntry } from './client.ts';

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

export interface ClientOptions {
  /** The server's origin, `https://chat.example.org`; empty for the page's own in a browser. */
  readonly url: string;
  /** IndexedDB in browsers and memory elsewhere, unless given. */
  readonly outbox?: OutboxStore;
  /** Given, or outside a browser: the refresh token travels in bodies and is kept here; memory unless given. */
  readonly tokens?: TokenStore;
}
