import type { Notice } from '../../../contracts/notifications/notices.ts';
import type { ConversationRule } from '../../../contracts/notifications/rules.ts';
import type { NotificationPreferences } from '../../../contracts/notifications/preferences.ts';

/** Something that may notify people, as it waits in the inbox. Times are ISO 8601. */
export type Occurrence = MessageOccurrence | InviteOccurrence | SecurityOccurrence | TestOccurrence;

export interface MessageOccurrence {
  /** `edit`: the message was changed, and may mention people that it did not mention before. */
  readonly kind: 'message' | 'edit';
  readonly eventId: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly senderId: string;
  /** As it was written; it is not kept longer than until it is decided. */
  readonly text: string;
  readonly attachmentName: string | null;
  readonly mentions: readonly string[];
  readonly replyTo: string | null;
  readonly threadRootId: string | null;
  readonly createdAt: string;
}

export interface InviteOccurrence {
  readonly kind: 'invite';
  readonly eventId: string;
  readonly conversationId: string;
  readonly actorId: string;
  readonly userIds: readonly string[];
  readonly createdAt: string;
}

export interface SecurityOccurrence {
  readonly kind: 'security';
  readonly eventId: string;
  readonly userId: string;
  readonly notice: Notice;
  readonly createdAt: string;
}

export interface TestOccurrence {
  readonly kind: 'test';
  readonly eventId: string;
  readonly userId: string;
  readonly subscriptionId: string;
  readonly createdAt: string;
}

/** What is known of a person at the moment of a decision. */
export interface KnownPerson {
  readonly userId: string;
  /** Null: there is no such account, or it is closed. */
  readonly account: { readonly preferences: NotificationPreferences } | null;
  /** Null: not in the conversation. */
  readonly member: { readonly lastReadSeq: number; readonly muted: boolean } | null;
  readonly rule: Pick<ConversationRule, 'level' | 'mutedUntil'> | null;
}

/** What is known of a message at that moment. */
export interface KnownMessage extends Pick<MessageOccurrence, 'seq' | 'senderId' | 'text'> {
  readonly kind: 'direct' | 'group' | 'channel';
  readonly isDeleted: boolean;
  readonly mentions: ReadonlySet<string>;
  readonly repliesTo: string | null;
  readonly followers: ReadonlySet<string>;
}
