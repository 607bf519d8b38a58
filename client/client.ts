import type { Conversation, Member } from '../src/contracts/chat/conversations.ts';
import type { Attachment, Message } from '../src/contracts/chat/messages.ts';
import type { SignedIn } from '../src/contracts/auth/sessions.ts';
import type { User } from '../src/contracts/auth/accounts.ts';
import type { changeUserSettings } from '../src/contracts/auth/own-settings.ts';
import type { linkFile } from '../src/contracts/media/files.ts';
import type { readNotifications } from '../src/contracts/notifications/notifications.ts';
import type { Notification } from '../src/contracts/notifications/notifications.ts';
import type { ConversationRule } from '../src/contracts/notifications/rules.ts';
import type { Operation, Output, RawInput } from '../src/contracts/define.ts';
import type { UserSettings } from '../src/contracts/user-setting-values.ts';
import type { StorageFault } from '../src/contracts/storage.ts';
import type { ClientErrorCode } from './client-error.ts';
import type { ChosenStatus, Presence } from '../src/contracts/presence/statuses.ts';

/** A value that changes; `subscribe` calls back after each change and returns a function that unsubscribes. */
export interface Readable<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
}

/** A square of an upright picture, in its pixels. */
export interface PicturePart {
  readonly x: number;
  readonly y: number;
  readonly edge: number;
}

export interface Obstacle {
  readonly code: ClientErrorCode;
  /** Unix milliseconds of the next try. */
  readonly retryAt: number;
  /** `origin_refused`: the address that the server is reached at. */
  readonly publicUrl: string | null;
  /** The server can store nothing until its disk is mended. */
  readonly storage?: StorageFault;
}

/** `unknown` until `start` has tried to restore the last session. */
export type SessionState =
  | { readonly status: 'unknown' }
  /** `used_elsewhere`: a copy of this device's refresh token was used; the person should change their password. */
  | {
      readonly status: 'signed-out';
      readonly reason: 'none' | 'logged_out' | 'revoked' | 'expired' | 'used_elsewhere' | 'account_closed' | 'password_changed';
    }
  | { readonly status: 'signed-in'; readonly user: User };

/** `retryAt`: Unix milliseconds of the next try while `offline`. `syncing`: connected, but still catching up. */
export interface ConnectionState {
  readonly status: 'idle' | 'connecting' | 'syncing' | 'online' | 'offline';
  readonly retryAt: number | null;
  /** Why it is `offline`: `offline` without any answer, else what the server said. */
  readonly code?: ClientErrorCode;
  readonly storage?: StorageFault;
}

/** A message on its way: kept in the durable outbox until acked or given up. */
export interface OutboxEntry {
  readonly clientMessageId: string;
  readonly conversationId: string;
  readonly text: string;
  readonly replyTo: string | null;
  readonly threadRootId: string | null;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** `failed`: the server refused it for good with `code`; it waits for `retry` or `discard`. */
  readonly state: 'waiting' | 'sending' | 'failed';
  /** While it waits: why the last try was put off. */
  readonly code: string | null;
  /** Files that it waits for, in their order; those behind it do not. */
  readonly uploadIds?: readonly string[];
}

/** The server put sending off: `rate_limited` when it was too much at once, else what it could not do. */
export interface SendingPause {
  readonly code: ClientErrorCode;
  /** Unix milliseconds of the next try. */
  readonly until: number;
  /** The server can store nothing until its disk is mended. */
  readonly storage?: StorageFault;
}

/** A file on its way to the server, as it is now. */
export interface UploadState {
  readonly id: string;
  readonly conversationId: string;
  /** Of the message that it was sent with; null while it is in none. */
  readonly clientMessageId: string | null;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly mimeType: string;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** `failed`: it was refused for good with `code`, and waits for `retry` or `cancel`. `done`: the server has all of it. */
  readonly status: 'waiting' | 'uploading' | 'paused' | 'failed' | 'done';
  /** Bytes that the server has. */
  readonly sent: number;
  /** While it waits: why the last try was put off. */
  readonly code: ClientErrorCode | null;
  /** A proxy in front of the server refused larger requests than this, bytes; null: none did. */
  readonly proxyLimit: number | null;
  readonly attachment: Attachment | null;
}

/** A file that goes up beside everything else: it holds up no text, goes on after a cut, and in browsers after a reload. */
export interface UploadHandle {
  readonly id: string;
  readonly state: Readable<UploadState>;
  /** The bytes themselves, for a preview; null where a reload has lost them. */
  readonly file: Blob | null;
  /** Resolves once the server has the whole file; rejects when it is cancelled. */
  readonly attached: Promise<Attachment>;
  /** What the server has by then is kept for a day. */
  pause(): void;
  /** Goes on where it ended. */
  resume(): void;
  /** Tries once more what failed. */
  retry(): void;
  /** Gives it up, here and at the server. One whose message is on its way cannot be cancelled: discard the message. */
  cancel(): void;
}

/** One window onto the log of a conversation: contiguous in `seq`, ascending, without gaps. */
export interface Timeline {
  readonly messages: readonly Message[];
  /** Own messages that are not acked yet, in the order written; shown below the newest message. */
  readonly pending: readonly OutboxEntry[];
  readonly hasOlder: boolean;
  /** The window ends before the newest message, as after `openAt`. */
  readonly hasNewer: boolean;
  readonly loading: boolean;
  /** False until the first page is there. */
  readonly loaded: boolean;
}

export interface ConversationHandle {
  readonly id: string;
  /** Null while unknown, and again once the conversation is no longer the user's. */
  readonly conversation: Readable<Conversation | null>;
  /** False while what is shown was kept on this device, and the server has not said yet that the conversation is the user's. */
  readonly isConfirmed: Readable<boolean>;
  readonly timeline: Readable<Timeline>;
  /** Loaded by `loadMembers`, then live. */
  readonly members: Readable<readonly Member[]>;
  /** Ids of others who are typing now; each ends by itself after six seconds. */
  readonly typing: Readable<readonly string[]>;
  /** Shows the newest page (reads it once), or a page around `seq`. */
  openLatest(): Promise<void>;
  openAt(seq: number): Promise<void>;
  loadOlder(): Promise<void>;
  loadNewer(): Promise<void>;
  loadMembers(): Promise<void>;
  /** Puts a message into the outbox and answers its entry at once; resolves `acked` with the message once durable. */
  send(draft: { text: string; replyTo?: string | null; threadRootId?: string | null; uploadIds?: readonly string[] }): SentMessage;
  /** Begins to upload a file for a message of this conversation; `send` names it in `uploadIds`. A `File` has its own name. Resolves at once, and in a page once the code for it is loaded. */
  attach(file: Blob, options?: { name?: string }): Promise<UploadHandle>;
  /** Files of this conversation that no message in the log has yet, in the order of their coming. */
  readonly uploads: Readable<readonly UploadHandle[]>;
  retry(clientMessageId: string): void;
  discard(clientMessageId: string): void;
  /** Shown at once, and undone when the server refuses; of several at a time the last one wins. */
  edit(messageId: string, text: string): Promise<void>;
  delete(messageId: string): Promise<void>;
  /** Adds the reaction, or takes it back when the user has it; shown at once, as an edit is. */
  toggleReaction(messageId: string, emoji: string): Promise<void>;
  /** Pins or unpins the message for everyone; shown at once, as an edit is. */
  setPinned(messageId: string, pinned: boolean): Promise<void>;
  /** Moves the read mark forward, at once here and soon on the server; never back. */
  markRead(seq: number): void;
  /** Sent at most every three seconds while typing goes on; `false` when it stopped. */
  setTyping(typing: boolean): void;
}

export interface SentMessage {
  readonly clientMessageId: string;
  /** Rejects when the message is discarded, or refused for good. */
  readonly acked: Promise<{ readonly id: string; readonly seq: number; readonly rev: number; readonly createdAt: string }>;
}

/** What a person changes in their settings, by key; null: back to the default. */
export type UserSettingsChange = RawInput<typeof changeUserSettings>;

/** Null until the settings of the person were read on a connection, and again once the session ended. */
export interface OwnSettingsHandle extends Readable<UserSettings | null> {
  /**
   * Shown at once, and taken back where the server refuses; of several changes of a key the last one stays. Without a connection a change
   * waits for the next one, in browsers also after the page was closed. Resolves once the server has taken it.
   */
  change(change: UserSettingsChange): Promise<void>;
}

/** Which entries of the centre were read: those of `ids`; else those of a conversation, up to a message or an entry where one is named; else all. */
export interface NotificationsRead {
  readonly ids: readonly string[] | null;
  readonly conversationId: string | null;
  readonly upToSeq: number | null;
  readonly upToId: string | null;
  /** How many are left. */
  readonly unread: number;
}

/** A field left out stays. */
export type RuleChange = Partial<Pick<ConversationRule, 'level' | 'mutedUntil'>>;

/** What notifies the person. Their defaults are among `settings` (`notifications.…`); the entries are read by a `NotificationList`. */
export interface NotificationsHandle {
  /** Entries of the centre that the person has not read; null until it was read on a connection. */
  readonly unread: Readable<number | null>;
  /** What the person chose for single conversations, by their ids. */
  readonly rules: Readable<ReadonlyMap<string, ConversationRule>>;
  /** Marks entries as read on all devices: those named, those of a conversation, or all (`{}`). */
  read(which: RawInput<typeof readNotifications>): Promise<void>;
  /** Shown at once, and taken back where the server refuses; of several changes of a conversation the last one stays. */
  setRule(conversationId: string, change: RuleChange): Promise<void>;
}

export interface ClientEvents {
  /** A message of somebody else became durable: exactly once, in the order of the conversation, also after a gap was repaired. */
  message: Message;
  /** A message became durable, the person's own too; else as `message`. */
  'message-arrived': Message;
  /** Something changed a message that is in a known window. */
  'message-changed': Message;
  /** A message was edited or deleted, wherever it stands. */
  'message-revised': Message;
  /** The person is notified: the server has applied their levels, quiet hours and status. */
  notification: Notification;
  /** Entries were read, here or on another device. */
  'notifications-read': NotificationsRead;
  'conversation-removed': { readonly conversationId: string };
  /** The server ended the session. */
  revoked: { readonly reason: string };
  /** This device is another person's now, without a sign-in here: another tab of the browser signed in. */
  'person-changed': { readonly from: User; readonly to: User };
}

/**
 * A signed-in device of one person. Stores are plain and framework-free; every call rejects with `ClientError`, whose
 * `code` is one of the contract's or `offline`.
 */
export interface Client {
  readonly session: Readable<SessionState>;
  /** Why the session is still `unknown`: what the last try failed with. Null before the first answer and once it is known. */
  readonly obstacle: Readable<Obstacle | null>;
  readonly connection: Readable<ConnectionState>;
  /** The user's conversations, most recent first; in browsers those that the device kept until the first part of the list was read. */
  readonly conversations: Readable<readonly Conversation[]>;
  /** False until the first part of the list was read from the server: the most recent ones. */
  readonly conversationsLoaded: Readable<boolean>;
  /** False until all of the list was read: only then one that is not in it is not the user's. */
  readonly conversationsComplete: Readable<boolean>;
  /** Everyone known so far by id; `requirePeople` fetches those who are missing. */
  readonly people: Readable<ReadonlyMap<string, User>>;
  /** Ids among those required that the server shows no account of, as of people who left all that a guest shares with them. */
  readonly unknownPeople: Readable<ReadonlySet<string>>;
  /** What the person chose for themselves, the same on all of their devices. */
  readonly settings: OwnSettingsHandle;
  readonly notifications: NotificationsHandle;
  /** Of those watched. */
  readonly presence: Readable<ReadonlyMap<string, Presence>>;
  readonly outbox: Readable<readonly OutboxEntry[]>;
  /** Why waiting messages are not sent just now, and until when; null: they are. */
  readonly sendingPause: Readable<SendingPause | null>;
  /** True when the server owes an answer and nothing arrives on an open connection; noticed within five seconds. */
  readonly isStalled: Readable<boolean>;

  /** Restores the last session of this device, if there is one, and connects. */
  start(): Promise<void>;
  /** Closes the connection and every timer; the session and the outbox stay for the next start. */
  stop(): Promise<void>;
  setUp(input: {
    token: string;
    teamName: string;
    email: string;
    username: string;
    displayName?: string;
    password: string;
  }): Promise<SignedIn['user']>;
  register(input: { email: string; username: string; displayName?: string; password: string; inviteCode?: string }): Promise<User>;
  logIn(input: { login: string; password: string; code?: string }): Promise<User>;
  logOut(): Promise<void>;

  /** Any operation that clients may call: by HTTP with the access token, renewed when it ran out. */
  call<O extends Operation>(operation: O, input: RawInput<O>): Promise<Output<O>>;
  /** The bytes of a file of a message that this person may read now. `not_found`: the message, or the membership, is gone. */
  download(fileId: string): Promise<Blob>;
  /** An address of such a file for a player, below the server's origin or, absolute, in its object store: it needs no token, and holds for some minutes. It is not to be kept or shown. Rejects as `download` does. */
  link(fileId: string): Promise<Output<typeof linkFile>>;
  /** The first bytes of such a file, or all where there are fewer. Rejects as `download` does. */
  beginning(fileId: string, bytes: number): Promise<Blob>;
  /** A small or a large picture of a file whose attachment has a `thumbnailUrl`. Rejects as `download` does. */
  picture(fileId: string, size: 'small' | 'large'): Promise<Blob>;
  /**
   * Uploads a picture for `media.setOwnAvatar` or `media.setConversationAvatar`; answers its id. Without a part its middle is taken. Rejects as `call` does.
   */
  uploadAvatar(picture: Blob, part?: PicturePart): Promise<string>;
  /** The same handle for the same id. */
  conversation(id: string): ConversationHandle;
  openDirect(userId: string): Promise<ConversationHandle>;
  requirePeople(userIds: readonly string[]): void;
  /** Fetches up to 200 people of the team, by name, once per session: for programs that show names beside messages. */
  listPeople(): void;
  /** Replaces the people whose presence is followed, over reconnects. */
  watchPresence(userIds: readonly string[]): void;
  setPresence(status: ChosenStatus, text?: string): Promise<void>;
  on<E extends keyof ClientEvents>(event: E, listener: (payload: ClientEvents[E]) => void): () => void;
}
