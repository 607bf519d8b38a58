import { useApp } from '../../app/app-context.tsx';
import type { OpenDialog, SettingsTab } from '../../app/ui-state.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Tabs } from '../../shared/ui/tabs.tsx';
import { NotificationsTab } from '../notifications/notifications-tab.tsx';
import { AppearanceTab } from './appearance-tab.tsx';
import { DevicesTab } from './devices-tab.tsx';
import { PasswordTab } from './password-tab.tsx';
import { ProfileTab } from './profile-tab.tsx';
import '../people/people.css';
import './settings.css';

const views = {
  profile: ProfileTab,
  appearance: AppearanceTab,
  notifications: NotificationsTab,
  password: PasswordTab,
  devices: DevicesTab,
};
const icons = { profile: 'user', appearance: 'moon', notifications: 'bell', password: 'key', devices: 'device' } as const;
const order: readonly SettingsTab[] = ['profile', 'appearance', 'notifications', 'password', 'devices'];

export function SettingsDialog({ dialog, onClose }: { dialog: Extract<OpenDialog, { name: 'settings' }>; onClose: () => void }) {
  const { ui, t } = useApp();
  const View = views[dialog.tab];
  return (
    <Dialog title={t('settings.title')} size="large" onClose={onClose}>
      <Tabs
        label={t('settings.title')}
        tabs={order.map((id) => ({ id, label: t(`settings.${id}`), icon: icons[id] }))}
        chosen={dialog.tab}
        onChoose={(tab) => ui.dialog.set({ name: 'settings', tab })}
      >
        <View />
      </Tabs>
    </Dialog>
  );
}
