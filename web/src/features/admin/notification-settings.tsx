import { useApp } from '../../app/app-context.tsx';
import type { Settings } from '../../shared/model.ts';
import { TextField } from '../../shared/ui/field.tsx';

interface NotificationSettingsProps {
  readonly draft: Settings;
  readonly onChange: (part: Partial<Settings>) => void;
}

/** How long entries and traces are kept. A server of the version before has none of it. */
export function NotificationSettings({ draft, onChange }: NotificationSettingsProps) {
  const { t } = useApp();
  if ((draft as Partial<Settings>).notificationsKeptDays === undefined) return null;
  return (
    <>
      <TextField
        label={t('adminSettings.notificationsKept')}
        hint={t('adminSettings.notificationsKept.hint')}
        type="number"
        min={1}
        max={3650}
        step={1}
        value={draft.notificationsKeptDays}
        onChange={({ target }) => onChange({ notificationsKeptDays: target.valueAsNumber })}
        required
      />
      <TextField
        label={t('adminSettings.tracesKept')}
        hint={t('adminSettings.tracesKept.hint')}
        type="number"
        min={1}
        max={365}
        step={1}
        value={draft.notificationTracesKeptDays}
        onChange={({ target }) => onChange({ notificationTracesKeptDays: target.valueAsNumber })}
        required
      />
    </>
  );
}
