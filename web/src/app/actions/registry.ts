import { browseChannels } from '../../features/conversations/actions/browse-channels.ts';
import { copyConversationLink } from '../../features/conversations/actions/copy-conversation-link.ts';
import { deleteConversation } from '../../features/conversations/actions/delete-conversation.ts';
import { editConversation } from '../../features/conversations/actions/edit-conversation.ts';
import { filterList } from '../../features/conversations/actions/filter-list.ts';
import { jumpToLatest } from '../../features/conversations/actions/jump-to-latest.ts';
import { leaveConversation } from '../../features/conversations/actions/leave-conversation.ts';
import { markRead } from '../../features/conversations/actions/mark-read.ts';
import { muteConversation } from '../../features/conversations/actions/mute-conversation.ts';
import { newConversation } from '../../features/conversations/actions/new-conversation.ts';
import { openNextUnread } from '../../features/conversations/actions/open-next-unread.ts';
import { openNext } from '../../features/conversations/actions/open-next.ts';
import { openPrevious } from '../../features/conversations/actions/open-previous.ts';
import { unmuteConversation } from '../../features/conversations/actions/unmute-conversation.ts';
import { showFiles } from '../../features/files/actions/show-files.ts';
import { addMembers } from '../../features/members/actions/add-members.ts';
import { makeMember } from '../../features/members/actions/make-member.ts';
import { makeModerator } from '../../features/members/actions/make-moderator.ts';
import { makeOwner } from '../../features/members/actions/make-owner.ts';
import type { MemberSubject } from '../../features/members/actions/member-subject.ts';
import { removeMember } from '../../features/members/actions/remove-member.ts';
import { showMembers } from '../../features/members/actions/show-members.ts';
import { writeToMember } from '../../features/members/actions/write-to-member.ts';
import { copyMessageLink } from '../../features/messages/actions/copy-message-link.ts';
import { copyMessageText } from '../../features/messages/actions/copy-message-text.ts';
import { deleteMessage } from '../../features/messages/actions/delete-message.ts';
import { discardUnsent } from '../../features/messages/actions/discard-unsent.ts';
import { editMessage } from '../../features/messages/actions/edit-message.ts';
import { messageSender } from '../../features/messages/actions/message-sender.ts';
import type { MessageSubject } from '../../features/messages/actions/message-subject.ts';
import { reactToMessage } from '../../features/messages/actions/react-to-message.ts';
import { replyToMessage } from '../../features/messages/actions/reply-to-message.ts';
import { retrySending } from '../../features/messages/actions/retry-sending.ts';
import { showEdits } from '../../features/messages/actions/show-edits.ts';
import { pinMessage } from '../../features/pins/actions/pin-message.ts';
import { showPins } from '../../features/pins/actions/show-pins.ts';
import { unpinMessage } from '../../features/pins/actions/unpin-message.ts';
import { invitePeople } from '../../features/people/actions/invite-people.ts';
import { appearAway } from '../../features/presence/actions/appear-away.ts';
import { appearDnd } from '../../features/presence/actions/appear-dnd.ts';
import { appearInvisible } from '../../features/presence/actions/appear-invisible.ts';
import { appearOnline } from '../../features/presence/actions/appear-online.ts';
import { writeStatus } from '../../features/presence/actions/write-status.ts';
import { searchMessages } from '../../features/search/actions/search-messages.ts';
import { chooseNotifications } from '../../features/notifications/actions/choose-notifications.ts';
import { showNotifications } from '../../features/notifications/actions/show-notifications.ts';
import { showTrace } from '../../features/notifications/actions/show-trace.ts';
import { openSettings } from '../../features/settings/actions/open-settings.ts';
import type { Conversation, OutboxEntry } from '../../shared/model.ts';
import type { Action } from './action.ts';
import { nextArea, previousArea } from './areas.ts';
import { openAdmin } from './open-admin.ts';
import { openPalette } from './open-palette.ts';
import { showShortcuts } from './show-shortcuts.ts';
import { signOut } from './sign-out.ts';
import { switchLanguage } from './switch-language.ts';
import { toggleTheme } from './toggle-theme.ts';

/** Status choices at the top of one's own menu. */
export const presenceActions: readonly Action[] = [appearOnline, appearAway, appearDnd, appearInvisible];

/** The items of one's own menu below the status. */
export const ownActions: readonly Action[] = [writeStatus, openSettings, invitePeople, openAdmin, showShortcuts, signOut];

/** Actions without a subject: the shortcuts and the command palette are made of these. */
export const appActions: readonly Action[] = [
  openPalette,
  nextArea,
  previousArea,
  newConversation,
  browseChannels,
  searchMessages,
  showNotifications,
  filterList,
  openNext,
  openPrevious,
  openNextUnread,
  invitePeople,
  ...presenceActions,
  writeStatus,
  openSettings,
  toggleTheme,
  switchLanguage,
  openAdmin,
  showShortcuts,
  signOut,
];

/** What can be done to the open conversation. */
export const conversationActions: readonly Action<Conversation>[] = [
  showMembers,
  showFiles,
  showPins,
  jumpToLatest,
  markRead,
  addMembers,
  editConversation,
  chooseNotifications,
  muteConversation,
  unmuteConversation,
  copyConversationLink,
  leaveConversation,
  deleteConversation,
];

/** The bar above a message; the rest stands in its menu. */
export const messageTools: readonly Action<MessageSubject>[] = [reactToMessage, replyToMessage, editMessage];
export const messageActions: readonly Action<MessageSubject>[] = [
  ...messageTools,
  copyMessageText,
  pinMessage,
  unpinMessage,
  showEdits,
  copyMessageLink,
  messageSender,
  showTrace,
  deleteMessage,
];
export const outboxActions: readonly Action<OutboxEntry>[] = [retrySending, discardUnsent];
export const memberActions: readonly Action<MemberSubject>[] = [writeToMember, makeOwner, makeModerator, makeMember, removeMember];
