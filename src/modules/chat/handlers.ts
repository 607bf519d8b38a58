import * as contract from '../../contracts/chat/index.ts';
import { handles, type Implementation } from '../../kernel/bus/bus.ts';
import { handleAddMembers } from './operations/add-members.ts';
import { handleAddReaction } from './operations/add-reaction.ts';
import { handleBrowseChannels } from './operations/browse-channels.ts';
import { handleChangeConversationAvatar } from './operations/change-conversation-avatar.ts';
import { handleChangeMemberRole } from './operations/change-member-role.ts';
import { handleCheckAttachmentAccess } from './operations/check-attachment-access.ts';
import { handleCountMessages } from './operations/count-messages.ts';
import { handleCreateConversation } from './operations/create-conversation.ts';
import { handleDeleteConversation } from './operations/delete-conversation.ts';
import { handleDeleteMessage } from './operations/delete-message.ts';
import { handleEditMessage } from './operations/edit-message.ts';
import { handleGetConversation } from './operations/get-conversation.ts';
import { handleGetMessage } from './operations/get-message.ts';
import { handleJoinConversation } from './operations/join-conversation.ts';
import { handleListAudiences } from './operations/list-audiences.ts';
import { handleListConversations } from './operations/list-conversations.ts';
import { handleListEdits } from './operations/list-edits.ts';
import { handleListFiles } from './operations/list-files.ts';
import { handleListMembers } from './operations/list-members.ts';
import { handleListMessages } from './operations/list-messages.ts';
import { handleListOwnerless } from './operations/list-ownerless.ts';
import { handleListPeople } from './operations/list-people.ts';
import { handleListPins } from './operations/list-pins.ts';
import { handleListUnindexed } from './operations/list-unindexed.ts';
import { handleMarkRead } from './operations/mark-read.ts';
import { handleMeasureFiles } from './operations/measure-files.ts';
import { handlePinMessage } from './operations/pin-message.ts';
import { handleReadHeads } from './operations/read-heads.ts';
import { handleDescribeAttachment } from './operations/describe-attachment.ts';
import { handleReadRecipients } from './operations/read-recipients.ts';
import { handleRegisterAttachment } from './operations/register-attachment.ts';
import { handleRemoveAttachments } from './operations/remove-attachments.ts';
import { handleReleaseAttachments } from './operations/release-attachments.ts';
import { handleRemoveMember } from './operations/remove-member.ts';
import { handleRemoveReaction } from './operations/remove-reaction.ts';
import { handleSearchMessages } from './operations/search-messages.ts';
import { handleSendMessage } from './operations/send-message.ts';
import { handleSetTyping } from './operations/set-typing.ts';
import { handleSync } from './operations/sync.ts';
import { handleTakeOver } from './operations/take-over.ts';
import { handleUnpinMessage } from './operations/unpin-message.ts';
import { handleUpdateConversation } from './operations/update-conversation.ts';
import type { ChatParts } from './parts.ts';

/** One handler for each operation of the area. */
export const handlers: readonly ((parts: ChatParts) => Implementation)[] = [
  handles(contract.addMembers, handleAddMembers),
  handles(contract.addReaction, handleAddReaction),
  handles(contract.browseChannels, handleBrowseChannels),
  handles(contract.changeConversationAvatar, handleChangeConversationAvatar),
  handles(contract.changeMemberRole, handleChangeMemberRole),
  handles(contract.checkAttachmentAccess, handleCheckAttachmentAccess),
  handles(contract.countMessages, handleCountMessages),
  handles(contract.createConversation, handleCreateConversation),
  handles(contract.deleteConversation, handleDeleteConversation),
  handles(contract.deleteMessage, handleDeleteMessage),
  handles(contract.editMessage, handleEditMessage),
  handles(contract.getConversation, handleGetConversation),
  handles(contract.getMessage, handleGetMessage),
  handles(contract.joinConversation, handleJoinConversation),
  handles(contract.listAudiences, handleListAudiences),
  handles(contract.listConversations, handleListConversations),
  handles(contract.listEdits, handleListEdits),
  handles(contract.listFiles, handleListFiles),
  handles(contract.listMembers, handleListMembers),
  handles(contract.listMessages, handleListMessages),
  handles(contract.listOwnerless, handleListOwnerless),
  handles(contract.listPeople, handleListPeople),
  handles(contract.listPins, handleListPins),
  handles(contract.listUnindexed, handleListUnindexed),
  handles(contract.markRead, handleMarkRead),
  handles(contract.measureFiles, handleMeasureFiles),
  handles(contract.pinMessage, handlePinMessage),
  handles(contract.readRecipients, handleReadRecipients),
  handles(contract.readHeads, handleReadHeads),
  handles(contract.describeAttachment, handleDescribeAttachment),
  handles(contract.registerAttachment, handleRegisterAttachment),
  handles(contract.removeAttachments, handleRemoveAttachments),
  handles(contract.releaseAttachments, handleReleaseAttachments),
  handles(contract.removeMember, handleRemoveMember),
  handles(contract.removeReaction, handleRemoveReaction),
  handles(contract.searchMessages, handleSearchMessages),
  handles(contract.sendMessage, handleSendMessage),
  handles(contract.setTyping, handleSetTyping),
  handles(contract.sync, handleSync),
  handles(contract.takeOver, handleTakeOver),
  handles(contract.unpinMessage, handleUnpinMessage),
  handles(contract.updateConversation, handleUpdateConversation),
];
