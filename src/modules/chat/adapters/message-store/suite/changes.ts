import type { Reaction } from '../../../../../contracts/chat/entities.ts';
import { deletion } from '../../../domain/message-patches.ts';
import { messageDeleted, messageUpdated, reactionsChanged } from '../../../facts.ts';
import type { MessageChange } from '../../../ports.ts';
import { later } from './store-under-test.ts';

/** What the operations decide, without their rules. */
export const asEdit = (patch: { text: string; mentions: readonly string[] }): MessageChange => ({
  patch: { ...patch, editedAt: later },
  event: messageUpdated,
});

export const asDeletion = (): MessageChange => ({ patch: deletion(later), event: messageDeleted });
export const asReactions = (reactions: readonly Reaction[]): MessageChange => ({ patch: { reactions }, event: reactionsChanged });
