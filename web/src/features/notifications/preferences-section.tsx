import { useApp } from '../../app/app-context.tsx';
import type { UserSettings } from '../../shared/model.ts';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { Switch } from '../../shared/ui/field.tsx';
import { levels } from './conversation-notifications.tsx';
import { useChange } from './use-change.ts';

const kinds = ['channels', 'groups', 'direct'] as const;

/** What notifies, unless a conversation says otherwise. */
export function WhatSection({ settings }: { settings: UserSettings }) {
  const { t } = useApp();
  const change = useChange();
  return (
    <section className="setting" aria-labelledby="what-title">
      <h3 id="what-title">{t('notify.what')}</h3>
      <p className="field-hint">{t('notify.what.text')}</p>
      <div className="notify-levels">
        {kinds.map((kind) => (
          <SelectField
            key={kind}
            label={t(`notify.${kind}`)}
            value={settings[`notifications.${kind}`]}
            options={levels.map((value) => ({ value, label: t(`notify.level.${value}`) }))}
            onChoose={(level) => change({ [`notifications.${kind}`]: level })}
          />
        ))}
      </div>
      <Switch
        label={t('notify.threads')}
        hint={t('notify.threads.text')}
        checked={settings['notifications.threads']}
        onChange={(isOn) => change({ 'notifications.threads': isOn })}
      />
    </section>
  );
}

/** In which way it notifies. */
export function HowSection({ settings }: { settings: UserSettings }) {
  const { t } = useApp();
  const change = useChange();
  const one = (key: 'showsText' | 'desktop' | 'sound') => (
    <Switch
      label={t(`notify.${key}`)}
      hint={t(`notify.${key}.text`)}
      checked={settings[`notifications.${key}`]}
      onChange={(isOn) => change({ [`notifications.${key}`]: isOn })}
    />
  );
  return (
    <section className="setting" aria-labelledby="how-title">
      <h3 id="how-title">{t('notify.how')}</h3>
      {one('showsText')}
      {one('desktop')}
      {one('sound')}
      <Switch
        label={t('notify.mail')}
        hint={t('notify.mail.text')}
        checked={settings['notifications.mail'] === 'missed'}
        onChange={(isOn) => change({ 'notifications.mail': isOn ? 'missed' : 'off' })}
      />
    </section>
  );
}
