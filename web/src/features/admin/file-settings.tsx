import { useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import type { Settings } from '../../shared/model.ts';
import { Switch, TextField } from '../../shared/ui/field.tsx';
import { typesIn, typesText, wrongTypes } from './allowed-types.ts';

const megabyte = 2 ** 20;
const gigabyte = 2 ** 30;
const largestMegabytes = 16_384;

interface FileSettingsProps {
  readonly draft: Settings;
  readonly onChange: (part: Partial<Settings>) => void;
}

/** What may be uploaded, and how much. A server of the version before has none of it. */
export function FileSettings({ draft, onChange }: FileSettingsProps) {
  const { t } = useApp();
  if ((draft as Partial<Settings>).maxFileBytes === undefined) return null;
  return (
    <>
      <SizeField
        label={t('adminSettings.maxFile')}
        hint={t('adminSettings.maxFile.hint')}
        unit={megabyte}
        most={largestMegabytes}
        value={draft.maxFileBytes}
        onChange={(bytes) => onChange({ maxFileBytes: bytes ?? NaN })}
        required
      />
      <SizeField
        label={t('adminSettings.personQuota')}
        hint={t('adminSettings.quota.hint')}
        unit={gigabyte}
        value={draft.personQuotaBytes}
        onChange={(personQuotaBytes) => onChange({ personQuotaBytes })}
      />
      <SizeField
        label={t('adminSettings.teamQuota')}
        hint={t('adminSettings.quota.hint')}
        unit={gigabyte}
        value={draft.teamQuotaBytes}
        onChange={(teamQuotaBytes) => onChange({ teamQuotaBytes })}
      />
      <SizeField
        label={t('adminSettings.keptFree')}
        hint={t('adminSettings.keptFree.hint')}
        unit={gigabyte}
        value={draft.keptFreeBytes}
        onChange={(bytes) => onChange({ keptFreeBytes: bytes ?? NaN })}
        required
      />
      <AllowedTypes draft={draft} onChange={onChange} />
      <KeptDays value={draft.keptDays} onChange={(keptDays) => onChange({ keptDays })} />
      <Switch
        label={t('adminSettings.removesLocation')}
        hint={t('adminSettings.removesLocation.hint')}
        checked={draft.removesLocation}
        onChange={(removesLocation) => onChange({ removesLocation })}
      />
    </>
  );
}

interface SizeFieldProps {
  readonly label: string;
  readonly hint: string;
  /** Bytes. */
  readonly unit: number;
  readonly most?: number;
  /** Bytes; null: no limit. */
  readonly value: number | null;
  readonly onChange: (bytes: number | null) => void;
  readonly required?: boolean;
}

/** A size in megabytes or gigabytes; empty where there is no limit. */
function SizeField({ label, hint, unit, most, value, onChange, required = false }: SizeFieldProps) {
  const [typed, setTyped] = useState(() => (value === null ? '' : String(Number((value / unit).toFixed(3)))));
  return (
    <TextField
      label={label}
      hint={hint}
      type="number"
      min={0}
      max={most}
      step="any"
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        const { valueAsNumber } = event.target;
        onChange(Number.isNaN(valueAsNumber) ? null : Math.round(valueAsNumber * unit));
      }}
      required={required}
    />
  );
}

/** Empty: for ever. */
function KeptDays({ value, onChange }: { value: number | null; onChange: (days: number | null) => void }) {
  const { t } = useApp();
  return (
    <TextField
      label={t('adminSettings.keptDays')}
      hint={t('adminSettings.keptDays.hint')}
      type="number"
      min={1}
      max={36_500}
      step={1}
      value={value ?? ''}
      onChange={({ target: { valueAsNumber } }) => onChange(Number.isNaN(valueAsNumber) ? null : Math.round(valueAsNumber))}
    />
  );
}

function AllowedTypes({ draft, onChange }: FileSettingsProps) {
  const { t } = useApp();
  const [typed, setTyped] = useState(() => typesText(draft.allowedTypes));
  const wrong = wrongTypes(typed);
  return (
    <TextField
      label={t('adminSettings.allowedTypes')}
      hint={t('adminSettings.allowedTypes.hint')}
      error={wrong.length > 0 ? t('adminSettings.allowedTypes.wrong', { types: wrong.join(', ') }) : undefined}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange({ allowedTypes: typesIn(event.target.value) });
      }}
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}
