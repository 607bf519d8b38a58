import type { Message } from '../../../contracts/chat/messages.ts';
import type { StoredEdit, MessagePatch } from '../ports.ts';

/** A deleted message keeps its place and nothing else. */
export const deletion = (deletedAt: string): MessagePatch => ({
  text: '',
  attachments: [],
  mentions: [],
  reactions: [],
  pinned: false,
  deletedAt,
});

/** The message with a patch applied, at its new rev. */
export const patched = (before: Message, patch: MessagePatch, rev: number): Message => {
  const after = { ...before, ...patch, rev };
  return {
    ...after,
    attachments: [...after.attachments],
    mentions: [...after.mentions],
    reactions: after.reactions.map(({ emoji, userIds }) => ({ emoji, userIds: [...userIds] })),
  };
};

/** What a patch does to the history of edits: keeps the text before an edit, forgets every former one of a deleted message. */
export function editHistoryAfter({ rev, text }: Message, patch: MessagePatch): StoredEdit | 'forgotten' | 'unchanged' {
  if (patch.deletedAt !== undefined) return 'forgotten';
  return patch.text !== undefined && patch.editedAt !== undefined ? { rev, text, endedAt: patch.editedAt } : 'unchanged';
}
