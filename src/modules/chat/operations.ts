import type { Implementation } from '../../kernel/bus/bus.ts';
import { addMembers } from './operations/add-members.ts';
import { addReaction } from './operations/add-reaction.ts';
import { browseChannels } from './operations/browse-channels.ts';
import { changeMemberRole } from './operations/change-member-role.ts';
import { countMessages } from './operations/count-messages.ts';
import { createConversation } from './operations/create-conversation.ts';
import { deleteConversation } from './operations/delete-conversation.ts';
import { deleteMessage } from './operations/delete-message.ts';
import { editMessage } from './operations/edit-message.ts';
import { getConversation } from './operations/get-conversation.ts';
import { getMessage } from './operations/get-message.ts';
import { joinConversation } from './operations/join-conversation.ts';
import { listAudiences } from './operations/list-audiences.ts';
import { listConversations } from './operations/list-conversations.ts';
import { listEdits } from './operations/list-edits.ts';
import { listMembers } from './operations/list-members.ts';
import { listMessages } from './operations/list-messages.ts';
import { listOwnerless } from './operations/list-ownerless.ts';
import { listPeople } from './operations/list-people.ts';
import { listPins } from './operations/list-pins.ts';
import { listUnindexed } from './operations/list-unindexed.ts';
import { markRead } from './operations/mark-read.ts';
import { pinMessage } from './operations/pin-message.ts';
import { readHeads } from './operations/read-heads.ts';
import { removeMember } from './operations/remove-member.ts';
import { removeReaction } from './operations/remove-reaction.ts';
import { searchMessages } from './operations/search-messages.ts';
import { sendMessage } from './operations/send-message.ts';
import { setTyping } from './operations/set-typing.ts';
import { sync } from './operations/sync.ts';
import { takeOver } from './operations/take-over.ts';
import { unpinMessage } from './operations/unpin-message.ts';
import { updateConversation } from './operations/update-conversation.ts';
import type { ChatParts } from './parts.ts';

/** One handler for each operation of `contracts/chat`. */
export const handlers: readonly ((parts: ChatParts) => Implementation)[] = [
  addMembers,
  addReaction,
  browseChannels,
  changeMemberRole,
  countMessages,
  createConversation,
  deleteConversation,
  deleteMessage,
  editMessage,
  getConversation,
  getMessage,
  joinConversation,
  listAudiences,
  listConversations,
  listEdits,
  listMembers,
  listMessages,
  listOwnerless,
  listPeople,
  listPins,
  listUnindexed,
  markRead,
  pinMessage,
  readHeads,
  removeMember,
  removeReaction,
  searchMessages,
  sendMessage,
  setTyping,
  sync,
  takeOver,
  unpinMessage,
  updateConversation,
];
