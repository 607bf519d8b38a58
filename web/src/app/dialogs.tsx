import type { ComponentType, ReactNode } from 'react';
import { BrowseChannels } from '../features/conversations/browse-channels.tsx';
import { EditConversation } from '../features/conversations/edit-conversation.tsx';
import { NewConversation } from '../features/conversations/new-conversation.tsx';
import { AddMembers } from '../features/members/add-members.tsx';
import { EditsDialog } from '../features/messages/edits-dialog.tsx';
import { Palette } from '../features/palette/palette.tsx';
import { Shortcuts } from '../features/palette/shortcuts.tsx';
import { InvitePeople } from '../features/people/invite-people.tsx';
import { StatusDialog } from '../features/presence/status-dialog.tsx';
import { SettingsDialog } from '../features/settings/settings-dialog.tsx';
import { useSelected, useStore } from '../shared/state/use-store.ts';
import { useLayer } from '../shared/ui/layers.ts';
import { useApp } from './app-context.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import type { OpenDialog } from './ui-state.ts';

type Views = { readonly [N in OpenDialog['name']]: ComponentType<{ dialog: Extract<OpenDialog, { name: N }>; onClose: () => void }> };

/** A new dialog is a line here and one in `ui-state.ts`. */
const views: Views = {
  palette: Palette,
  shortcuts: Shortcuts,
  'new-conversation': NewConversation,
  'browse-channels': BrowseChannels,
  'invite-people': InvitePeople,
  status: StatusDialog,
  settings: SettingsDialog,
  'edit-conversation': EditConversation,
  'add-members': AddMembers,
  edits: EditsDialog,
  confirm: ConfirmDialog,
};

export function Dialogs() {
  const { client, ui } = useApp();
  const dialog = useStore(ui.dialog);
  const isIn = useSelected(client.session, ({ status }) => status === 'signed-in');
  if (!dialog || !isIn) return null;
  const View = views[dialog.name] as ComponentType<{ dialog: OpenDialog; onClose: () => void }>;
  const close = () => ui.dialog.set(null);
  return (
    <Layer key={dialog.name} onClose={close}>
      <View dialog={dialog} onClose={close} />
    </Layer>
  );
}

function Layer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  useLayer(onClose);
  return children;
}
