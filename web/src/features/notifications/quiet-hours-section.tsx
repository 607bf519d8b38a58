import { useId } from 'react';
import { useApp } from '../../app/app-context.tsx';
import type { UserSettings } from '../../shared/model.ts';
import { useSelected } from '../../shared/state/use-store.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Switch, TextField } from '../../shared/ui/field.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { dayNames, timeZones, turnedOn, withDay } from './quiet-hours.ts';
import { useChange } from './use-change.ts';

type QuietHours = UserSettings['notifications.quietHours'];

/** When nothing is sent to devices. The centre has it all the same. */
export function QuietHoursSection({ settings }: { settings: UserSettings }) {
  const { clock, t } = useApp();
  const change = useChange();
  const quiet = settings['notifications.quietHours'];
  const set = (next: Partial<QuietHours>) => change({ 'notifications.quietHours': { ...quiet, ...next } });
  return (
    <section className="setting" aria-labelledby="quiet-title">
      <h3 id="quiet-title">{t('notify.quiet')}</h3>
      <Switch
        label={t('notify.quiet.on')}
        hint={t('notify.quiet.text')}
        checked={quiet.on}
        onChange={(isOn) => set(isOn ? turnedOn(quiet, clock.get().zone) : { on: false })}
      />
      {quiet.on ? <Span quiet={quiet} onChange={set} /> : null}
    </section>
  );
}

function Span({ quiet, onChange }: { quiet: QuietHours; onChange: (next: Partial<QuietHours>) => void }) {
  const { clock, t } = useApp();
  const zone = useSelected(clock, (moment) => moment.zone);
  return (
    <>
      <div className="notify-span">
        {(['from', 'to'] as const).map((edge) => (
          <TextField
            key={edge}
            type="time"
            label={t(`notify.quiet.${edge}`)}
            value={quiet[edge]}
            onChange={(event) => (event.target.value === '' ? undefined : onChange({ [edge]: event.target.value.slice(0, 5) }))}
          />
        ))}
      </div>
      <Days days={quiet.days} onChange={(days) => onChange({ days })} />
      <SelectField
        label={t('notify.quiet.zone')}
        value={quiet.timeZone}
        options={timeZones(quiet.timeZone, zone).map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
        onChoose={(timeZone) => onChange({ timeZone })}
      />
      {quiet.timeZone === zone ? null : (
        <div>
          <Button onClick={() => onChange({ timeZone: zone })}>{t('notify.quiet.here', { zone: zone.replaceAll('_', ' ') })}</Button>
        </div>
      )}
    </>
  );
}

function Days({ days, onChange }: { days: readonly number[]; onChange: (days: number[]) => void }) {
  const { locale, t } = useApp();
  const name = useId();
  return (
    <fieldset className="notify-quiet-days">
      <legend className="field-label">{t('notify.quiet.days')}</legend>
      <div className="notify-days">
        {dayNames(locale).map(({ day, short, long }) => (
          <label key={day} className="notify-day">
            <input
              type="checkbox"
              className="cover-input"
              name={name}
              aria-label={long}
              checked={days.includes(day)}
              onChange={(event) => onChange(withDay(days, day, event.target.checked))}
            />
            <span aria-hidden="true">{short}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
