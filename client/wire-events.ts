import type { User } from '../src/contracts/auth/entities.ts';
import type { ConversationHead, Member, Message, Reaction } from '../src/contracts/chat/entities.ts';
import type { Presence } from '../src/contracts/presence/entities.ts';
import type { Change } from './change.ts';

type InConversation<T = unknown> = T & { readonly conversationId: string };

/** Who is told of the server's events. */
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
}

/** The server's events by their names on the wire; a name that is not known here is of a newer server and is left alone. */
export function eventRouter(to: EventSinks): (name: string, payload: unknown) => void {
  const message = ({ message: it }: { message: Message }): void => {
    to.change(it.conversationId, { kind: 'message', rev: it.rev, message: it });
  };
  const user = (payload: { user: User }): void => {
    to.user(payload.user);
  };
  const routes: Readonly<Record<string, (payload: never) => void>> = {
    'message:created': message,
    'message:updated': message,
    'message:deleted': message,
    'reaction:changed': ({ conversationId, messageId, rev, reactions }: InConversation<{ messageId: string; rev: number; reactions: Reaction[] }>) => {
      to.change(conversationId, { kind: 'reactions', rev, messageId, reactions });
    },
    'conversation:created': ({ conversation }: { conversation: ConversationHead }) => {
      to.created(conversation);
    },
    'conversation:updated': ({ conversation }: { conversation: ConversationHead }) => {
      to.change(conversation.id, { kind: 'head', rev: conversation.rev, conversation });
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
    'member:joined': ({ conversationId, rev, members }: InConversation<{ rev: number; members: Member[] }>) => {
      to.change(conversationId, { kind: 'joined', rev, members });
    },
    'member:left': ({ conversationId, rev, userId }: InConversation<{ rev: number; userId: string }>) => {
      to.change(conversationId, { kind: 'left', rev, userId });
    },
    'member:changed': ({ conversationId, rev, member }: InConversation<{ rev: number; member: Member }>) => {
      to.change(conversationId, { kind: 'member', rev, member });
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
  };
  return (name, payload) => {
    if (Object.hasOwn(routes, name)) routes[name]?.(payload as never);
  };
}
