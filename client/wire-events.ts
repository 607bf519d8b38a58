import type { User } from '../src/contracts/auth/accounts.ts';
import type { OwnSettings } from '../src/contracts/auth/own-settings.ts';
import type { ConversationHead, Member } from '../src/contracts/chat/conversations.ts';
import type { Message } from '../src/contracts/chat/messages.ts';
import type { Reaction } from '../src/contracts/chat/reactions.ts';
import type { Notification } from '../src/contracts/notifications/notifications.ts';
import type { ConversationRule } from '../src/contracts/notifications/rules.ts';
import type { Presence } from '../src/contracts/presence/statuses.ts';
import type { Change } from './change.ts';
import type { NotificationsRead } from './client.ts';

type InConversation<T = unknown> = T & { readonly conversationId: string };

/** What receives the server's events. */
export interface EventSinks {
  readonly change: (conversationId: string, change: Change) => void;
  readonly created: (conversation: ConversationHead) => void;
  readonly removed: (conversationId: string) => void;
  readonly muted: (conversationId: string, muted: boolean) => void;
  readonly read: (conversationId: string, userId: string, seq: number) => void;
  readonly typing: (conversationId: string, userId: string, typing: boolean) => void;
  readonly heads: (heads: Readonly<Record<string, number>>) => void;
  readonly presence: (presence: Presence) => void;
  readonly user: (user: User) => void;
  readonly people: (change: PeopleChange) => void;
  readonly settings: (settings: OwnSettings) => void;
  readonly notified: (payload: { notification: Notification; unread: number }) => void;
  readonly notificationsRead: (read: NotificationsRead) => void;
  readonly ruleChanged: (payload: { rule: ConversationRule }) => void;
}

/** Whom a guest of the team may know of from now on, or no more. */
export interface PeopleChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Hands on the server's events by their names on the wire; a name that is not known here is of a newer server and is
 * left alone.
 */
export function eventRouter(to: EventSinks): (name: string, payload: unknown) => void {
  const others = routesTo(to);
  return (name, payload) => {
    if (Object.hasOwn(changes, name)) {
      const made = changes[name]?.(payload as never);
      if (made) to.change(made.conversationId, made.change);
    } else if (Object.hasOwn(others, name)) others[name]?.(payload as never);
  };
}

type Made = InConversation<{ readonly change: Change }>;

const ofMessage = ({ message }: { message: Message }): Made => ({
  conversationId: message.conversationId,
  change: { kind: 'message', rev: message.rev, message },
});

/** Events that are a step of a conversation's log. */
const changes: Readonly<Record<string, (payload: never) => Made>> = {
  'message:created': ofMessage,
  'message:updated': ofMessage,
  'message:deleted': ofMessage,
  'reaction:changed': ({ conversationId, ...step }: InConversation<{ messageId: string; rev: number; reactions: Reaction[] }>) => ({
    conversationId,
    change: { kind: 'reactions', ...step },
  }),
  'conversation:updated': ({ conversation }: { conversation: ConversationHead }) => ({
    conversationId: conversation.id,
    change: { kind: 'head', rev: conversation.rev, conversation },
  }),
  'member:joined': ({ conversationId, ...step }: InConversation<{ rev: number; members: Member[] }>) => ({
    conversationId,
    change: { kind: 'joined', ...step },
  }),
  'member:left': ({ conversationId, ...step }: InConversation<{ rev: number; userId: string }>) => ({
    conversationId,
    change: { kind: 'left', ...step },
  }),
  'member:changed': ({ conversationId, ...step }: InConversation<{ rev: number; member: Member }>) => ({
    conversationId,
    change: { kind: 'member', ...step },
  }),
};

function routesTo(to: EventSinks): Readonly<Record<string, (payload: never) => void>> {
  const user = (payload: { user: User }): void => {
    to.user(payload.user);
  };
  return {
    'conversation:created': ({ conversation }: { conversation: ConversationHead }) => {
      to.created(conversation);
    },
    'conversation:removed': ({ conversationId }: InConversation) => {
      to.removed(conversationId);
    },
    'conversation:muted': ({ conversationId, muted }: InConversation<{ muted: boolean }>) => {
      to.muted(conversationId, muted);
    },
    'conversation:heads': ({ heads }: { heads: Readonly<Record<string, number>> }) => {
      to.heads(heads);
    },
    'read:updated': ({ conversationId, userId, seq }: InConversation<{ userId: string; seq: number }>) => {
      to.read(conversationId, userId, seq);
    },
    typing: ({ conversationId, userId, typing }: InConversation<{ userId: string; typing: boolean }>) => {
      to.typing(conversationId, userId, typing);
    },
    'presence:changed': to.presence,
    'user:created': user,
    'user:updated': user,
    'people:changed': to.people,
    'settings:changed': to.settings,
    'notification:created': to.notified,
    'notifications:read': to.notificationsRead,
    'notifications:rule': to.ruleChanged,
  };
}
