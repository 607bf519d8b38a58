import { useEffect, useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { failureText, fieldText, formText } from '../../shared/failure.ts';
import type { RegistrationMode, Settings } from '../../shared/model.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { Switch, TextField } from '../../shared/ui/field.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { FileSettings } from './file-settings.tsx';
import { NotificationSettings } from './notification-settings.tsx';

const modes: readonly RegistrationMode[] = ['invite', 'open', 'closed'];
/** Seconds a sender may edit; the empty one is for ever, and 0 is never. */
const editWindows = ['', '0', '300', '3600', '86400'] as const;
const networkScales = [1, 2, 5, 10, 20] as const;

export function SettingsSection() {
  const { client, t } = useApp();
  const [settings, setSettings] = useState<Settings | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    client.call(api.admin.getSettings, {}).then(setSettings, setFailure);
  }, [client]);
  if (failure) return <Notice look="error">{failureText(t, failure)}</Notice>;
  if (!settings) return <Skeleton label={t('loading')} rows={5} />;
  return <SettingsForm key={JSON.stringify(settings)} settings={settings} onSaved={setSettings} />;
}

/** Live settings: every node follows at once. */
function SettingsForm({ settings, onSaved }: { settings: Settings; onSaved: (settings: Settings) => void }) {
  const { client, team, ui, t } = useApp();
  const [draft, setDraft] = useState(settings);
  const change = (part: Partial<Settings>) => setDraft({ ...draft, ...part });
  const { busy, failure, onSubmit } = useSubmit(async () => {
    onSaved(await client.call(api.admin.updateSettings, { ...draft, teamName: draft.teamName.trim() }));
    await team.load();
    ui.showToast(t('toast.saved'));
  });
  const text = formText(t, failure, ['teamName', 'openingsPerHour']);
  return (
    <form className="stack card admin-form" onSubmit={onSubmit}>
      {text ? <Notice look="error">{text}</Notice> : null}
      <TextField
        label={t('field.teamName')}
        value={draft.teamName}
        onChange={(event) => change({ teamName: event.target.value })}
        error={fieldText(t, failure, 'teamName')}
        maxLength={80}
        required
      />
      <Registration draft={draft} onChange={change} />
      <SelectField
        label={t('adminSettings.invitesBy')}
        value={draft.invitesBy}
        onChoose={(invitesBy) => change({ invitesBy })}
        options={[
          { value: 'everyone', label: t('invitesBy.everyone') },
          { value: 'admins', label: t('invitesBy.admins') },
        ]}
      />
      <EditWindow value={draft.editWindow} onChange={(editWindow) => change({ editWindow })} />
      <Switch
        label={t('adminSettings.readReceipts')}
        hint={t('adminSettings.readReceipts.hint')}
        checked={draft.readReceipts}
        onChange={(readReceipts) => change({ readReceipts })}
      />
      <Budgets draft={draft} onChange={change} failure={failure} />
      <FileSettings draft={draft} onChange={change} />
      <NotificationSettings draft={draft} onChange={change} />
      <div>
        <Button type="submit" look="primary" busy={busy}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

function Registration({ draft, onChange }: { draft: Settings; onChange: (part: Partial<Settings>) => void }) {
  const { t } = useApp();
  // What a former version stored is shown, to be replaced by another.
  const offered = draft.registration === 'domain' ? [...modes, draft.registration] : modes;
  return (
    <>
      {draft.registration === 'domain' ? <Notice look="error">{t('registration.domain.off')}</Notice> : null}
      <SelectField
        label={t('adminSettings.registration')}
        hint={t(`registration.${draft.registration}.hint`)}
        value={draft.registration}
        onChoose={(registration) => onChange({ registration })}
        options={offered.map((mode) => ({ value: mode, label: t(`registration.${mode}`) }))}
      />
    </>
  );
}

/** A server of the version before has none of them. */
function Budgets({ draft, onChange, failure }: { draft: Settings; onChange: (part: Partial<Settings>) => void; failure: unknown }) {
  const { t } = useApp();
  const { networkScale, openingsPerHour } = draft as Partial<Settings>;
  if (networkScale === undefined || openingsPerHour === undefined) return null;
  const offered = [...new Set([...networkScales, networkScale])].sort((one, other) => one - other);
  return (
    <>
      <SelectField
        label={t('adminSettings.networkScale')}
        hint={t('adminSettings.networkScale.hint')}
        value={String(networkScale)}
        onChoose={(scale) => onChange({ networkScale: Number(scale) })}
        options={offered.map((scale) => ({
          value: String(scale),
          label: scale === 1 ? t('networkScale.usual') : t('networkScale.times', { count: scale }),
        }))}
      />
      <TextField
        label={t('adminSettings.openingsPerHour')}
        hint={t('fault.openingsPerHour')}
        type="number"
        min={5}
        max={1000}
        step={1}
        value={openingsPerHour}
        onChange={(event) => onChange({ openingsPerHour: event.target.valueAsNumber })}
        error={fieldText(t, failure, 'openingsPerHour')}
        required
      />
    </>
  );
}

function EditWindow({ value, onChange }: { value: number | null; onChange: (value: number | null) => void }) {
  const { t } = useApp();
  const own = value === null ? '' : String(value);
  const offered = editWindows.some((window) => window === own) ? editWindows : [...editWindows, own];
  const labelOf = (window: string): string => {
    if (window === '') return t('editWindow.always');
    return window === '0' ? t('editWindow.never') : t('editWindow.minutes', { count: Math.round(Number(window) / 60) });
  };
  return (
    <SelectField
      label={t('adminSettings.editWindow')}
      value={own}
      onChoose={(window) => onChange(window === '' ? null : Number(window))}
      options={offered.map((window) => ({ value: window, label: labelOf(window) }))}
    />
  );
}
