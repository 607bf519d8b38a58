import type { ComponentType } from 'react';
import { BrowseChannels } from '../features/conversations/browse-channels.tsx';
import { EditConversation } from '../features/conversations/edit-conversation.tsx';
import { NewConversation } from '../features/conversations/new-conversation.tsx';
import { AddMembers } from '../features/members/add-members.tsx';
import { EditsDialog } from '../features/messages/edits-dialog.tsx';
import { ConversationNotifications } from '../features/notifications/conversation-notifications.tsx';
import { TraceDialog } from '../features/notifications/trace-dialog.tsx';
import { Palette } from '../features/palette/palette.tsx';
import { Shortcuts } from '../features/palette/shortcuts.tsx';
import { InvitePeople } from '../features/people/invite-people.tsx';
import { StatusDialog } from '../features/presence/status-dialog.tsx';
import { SettingsDialog } from '../features/settings/settings-dialog.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import type { OpenDialog } from './ui-state.ts';

export type DialogViews = {
  readonly [N in OpenDialog['name']]: ComponentType<{ dialog: Extract<OpenDialog, { name: N }>; onClose: () => void }>;
};

/** A new dialog is a line here and one in `ui-state.ts`. All of them are one part of the page, read once the first paint is done. */
export const views: DialogViews = {
  palette: Palette,
  shortcuts: Shortcuts,
  'new-conversation': NewConversation,
  'browse-channels': BrowseChannels,
  'invite-people': InvitePeople,
  status: StatusDialog,
  settings: SettingsDialog,
  'edit-conversation': EditConversation,
  'add-members': AddMembers,
  'conversation-notifications': ConversationNotifications,
  edits: EditsDialog,
  trace: TraceDialog,
  confirm: ConfirmDialog,
};
