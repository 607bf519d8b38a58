import type { MemberRole } from '../../../../../contracts/chat/conversations.ts';
import type { Reaction } from '../../../../../contracts/chat/reactions.ts';
import { deletion } from '../../../domain/message-patches.ts';
import { removedForm } from '../../../domain/removed-files.ts';
import {
  conversationRemoved,
  conversationUpdated,
  memberChanged,
  memberLeft,
  membersJoined,
  messageDeleted,
  messageUpdated,
  muteChanged,
  reactionsChanged,
  readMoved,
} from '../../../events.ts';
import type {
  ChatStore,
  ConversationChange,
  ConversationPatch,
  ChatEvent,
  Membership,
  MembersChange,
  MessageChange,
  MessageState,
  Person,
} from '../../../ports.ts';
import { at, later } from './store-under-test.ts';

// What the operations decide, without their rules.

export const asEdit = (patch: { text: string; mentions: readonly string[] }): MessageChange => ({
  patch: { ...patch, editedAt: later },
  event: messageUpdated,
});

export const asDeletion = (): MessageChange => ({ patch: deletion(later), event: messageDeleted });
/** Every file of the message is gone. */
export const asExpiry = ({ message }: MessageState): MessageChange => ({
  patch: { attachments: message.attachments.map((one) => removedForm(one, { removed: 'expired', keptDays: 30 })) },
  event: messageUpdated,
});
export const asReactions = (reactions: readonly Reaction[]): MessageChange => ({ patch: { reactions }, event: reactionsChanged });
export const asUpdate = (patch: ConversationPatch): ConversationChange => ({ patch, event: conversationUpdated });

export const asRemoval =
  (conversationId: string) =>
  (membership: Membership): ChatEvent =>
    conversationRemoved(conversationId, membership);

export const asJoining = (...people: Person[]): MembersChange => ({
  patch: people.map((person) => ({ ...person, joinedAt: at })),
  event: membersJoined(null),
});

export const asLeaving = (userId: string): MembersChange => ({ patch: [{ userId, role: null }], event: memberLeft(userId) });
export const asRole = (userId: string, role: MemberRole): MembersChange => ({ patch: [{ userId, role }], event: memberChanged });

export const setMuted = ({ members }: ChatStore, conversationId: string, userId: string): Promise<boolean> =>
  members.changeOwn(conversationId, userId, ({ muted }) =>
    muted ? null : { patch: { muted: true }, event: muteChanged({ conversationId, userId }) },
  );

export const markRead = ({ members }: ChatStore, own: { conversationId: string; userId: string }, seq: number) =>
  members.markRead(own.conversationId, own.userId, { seq, event: readMoved({ ...own, receipts: true }) });
