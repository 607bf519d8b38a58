/** What is small and not needed at the first paint: one file is read for all of it. */
export { ComposerContext } from '../features/composer/composer-context.tsx';
export { MentionList } from '../features/composer/mention-list.tsx';
export { RowMenuView } from '../features/conversations/row-menu-view.tsx';
export { UnreadPills } from '../features/conversations/unread-pills.tsx';
export { WrongAddress } from '../features/entrance/wrong-address.tsx';
export { Announcer } from '../features/messages/announcer.tsx';
export { EmojiSearch } from '../features/messages/emoji-search.tsx';
export { MessageMenu } from '../features/messages/message-menu.tsx';
export { ReactionPicker } from '../features/messages/reaction-picker.tsx';
export { SeenBy } from '../features/messages/seen-by.tsx';
export { WhoTypes } from '../features/messages/who-types.tsx';
export { ArrivalNotice } from './arrival-notice.tsx';
export { Bell } from '../features/notifications/bell.tsx';
