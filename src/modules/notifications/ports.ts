import type { EventDeclaration } from '../../contracts/define.ts';
import type { Cause } from '../../contracts/notifications/notifications.ts';
import type { ConversationRule } from '../../contracts/notifications/rules.ts';

/** What happened, as others get it; a store publishes it in the transaction that makes it true. */
export interface Happened {
  readonly event: EventDeclaration;
  readonly payload: unknown;
}

/** What people chose for single conversations. */
export interface RuleStore {
  /** Every rule of a person, in the order of their conversations. */
  of(userId: string): Promise<readonly ConversationRule[]>;
  /** Those of everybody in some conversations. */
  in(conversationIds: readonly string[]): Promise<readonly (ConversationRule & { readonly userId: string })[]>;
  /** Sets what is named. Answers the rule as it is afterwards; `happened` is made from it. */
  set(
    userId: string,
    conversationId: string,
    change: RuleChange,
    happened: (after: ConversationRule) => Happened,
  ): Promise<ConversationRule>;
  /** Forgets those of a conversation that was removed; of one person where they left it. */
  forget(conversationId: string, userId?: string): Promise<void>;
}

/** A field left out stays. */
export interface RuleChange {
  readonly level?: ConversationRule['level'] | undefined;
  readonly mutedUntil?: string | null | undefined;
}

/** A line for the doctor and for admins: what was looked at, and what to do where it is not well. */
export interface Finding {
  readonly ok: boolean;
  readonly what: string;
}

export type Language = 'en' | 'ru';

/** What a device shows. All texts are already in the person’s language. */
export interface Note {
  /** The tag, or collapse key: a device shows one notification of an event. */
  readonly eventId: string;
  /** For the beacon of the service worker: opaque. */
  readonly receipt: string;
  readonly cause: Cause;
  readonly title: string;
  /** Empty where the person hides texts. */
  readonly body: string;
  /** Where a click goes, on the origin of the team. */
  readonly path: string;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly seq: number | null;
  readonly senderId: string | null;
  /** Address of the sender’s picture, on the origin of the team. */
  readonly iconPath: string | null;
  /** Unread entries of the person’s centre. */
  readonly badge: number;
  /** Conversation → seq up to which the person has read it: the device closes what is read. At most 20. */
  readonly readUpTo: Readonly<Record<string, number>>;
  /** 22 URL-safe characters, the same for the same person and conversation. */
  readonly topic: string;
  readonly ttlSeconds: number;
  readonly urgency: 'high' | 'normal';
  readonly language: Language;
  readonly createdAt: string;
}

export type PushKind = 'webpush' | 'fcm';

export type PushTarget =
  | { readonly kind: 'webpush'; readonly endpoint: string; readonly p256dh: string; readonly auth: string }
  | { readonly kind: 'fcm'; readonly token: string; readonly platform: 'android' | 'ios' | 'web' };

/**
 * What a provider said. `accepted`: it has it. `gone`: the target will never work again (404, 410, UNREGISTERED). `refused`: ours to repair (403, 400, 413).
 * `later`: again, not before `retryAfterMs` where it said so. `detail`: its words with its name and status, ≤ 300 characters, without secrets.
 */
export type Answer =
  | { readonly outcome: 'accepted' | 'gone' | 'refused'; readonly detail: string }
  | { readonly outcome: 'later'; readonly detail: string; readonly retryAfterMs: number | null };

/** A way to the devices of people. */
export interface PushChannel {
  readonly kind: PushKind;
  /** Why it is off, and the setting that turns it on; null where it is on. */
  readonly off: string | null;
  /** Never throws; settles within 10 s. */
  send(target: PushTarget, note: Note): Promise<Answer>;
  /** For the doctor and for admins; settles within 10 s. */
  check(): Promise<readonly Finding[]>;
}

/** The key pair by which push services know this team (RFC 8292). */
export interface PushKeys {
  /** The public key, uncompressed P-256 in base64url; made at the first call. */
  publicKey(): Promise<string>;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** With angle brackets, as in the header. */
  readonly messageId: string;
  readonly references: readonly string[];
  /** Besides those that each mail has. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Mailer {
  /** Why it is off, and the setting that turns it on; null where it is on. */
  readonly off: string | null;
  /** Never throws; settles within 30 s. */
  send(mail: Mail): Promise<Answer>;
  /** For the doctor and for admins; settles within 10 s. */
  check(): Promise<readonly Finding[]>;
}

/** Whom a mail goes to. */
export interface MailReader {
  readonly address: string;
  readonly displayName: string;
  readonly language: Language;
  /** IANA name; `UTC` where it is not known. */
  readonly timeZone: string;
}

/** Messages that a person missed in one conversation. */
export interface MissedConversation {
  readonly conversationId: string;
  readonly title: string;
  readonly kind: 'direct' | 'group' | 'channel';
  /** On the origin of the team. */
  readonly path: string;
  /** The newest last, at most 10. `text` empty where the person hides texts. `at`: ISO 8601. */
  readonly messages: readonly { readonly senderName: string; readonly text: string; readonly at: string; readonly cause: Cause }[];
  /** Messages besides those. */
  readonly more: number;
}

export interface MissedMail {
  /** Of the newest message: makes the Message-ID. */
  readonly eventId: string;
  /** One or more. */
  readonly conversations: readonly MissedConversation[];
  /** One click without signing in (RFC 8058). */
  readonly unsubscribeUrl: string;
}

/** Makes mails of what happened: HTML and text, in the reader’s language. Pure. */
export interface MailWriter {
  missed(reader: MailReader, missed: MissedMail): Mail;
  security(
    reader: MailReader,
    notice: {
      readonly eventId: string;
      readonly what: 'new_device' | 'password_changed';
      readonly device: string;
      readonly address: string;
      readonly at: string;
    },
  ): Mail;
  /** That a device has not confirmed itself for 14 days, and may soon show no more pushes. */
  staleDevice(reader: MailReader, stale: { readonly eventId: string; readonly device: string }): Mail;
  /** `displayName` of the reader is not known. `expiresAt` null: it stays valid. */
  invite(
    reader: MailReader,
    invite: { readonly eventId: string; readonly url: string; readonly expiresAt: string | null; readonly inviterName: string },
  ): Mail;
  /** For admins. `what`: what is wrong, as the service says it. */
  alarm(reader: MailReader, alarm: { readonly eventId: string; readonly what: readonly string[] }): Mail;
  test(reader: MailReader, test: { readonly eventId: string }): Mail;
}
