import { useState, type SyntheticEvent } from 'react';
import { useApp } from '../../app/app-context.tsx';
import type { UserSettings } from '../../shared/model.ts';
import { Button } from '../../shared/ui/button.tsx';
import { TextField } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/icons.tsx';
import { keywordFault, keywordsWith } from './keywords.ts';
import { useChange } from './use-change.ts';

/** Words that notify as a mention does. */
export function KeywordsSection({ settings }: { settings: UserSettings }) {
  const { t } = useApp();
  const change = useChange();
  const keywords = settings['notifications.keywords'];
  const [written, setWritten] = useState('');
  const [fault, setFault] = useState<ReturnType<typeof keywordFault>>(null);
  const save = (next: readonly string[]): void => change({ 'notifications.keywords': [...next] });
  const add = (event: SyntheticEvent) => {
    event.preventDefault();
    const found = keywordFault(keywords, written);
    setFault(found);
    if (found !== null) return;
    save(keywordsWith(keywords, written));
    setWritten('');
  };
  return (
    <section className="setting" aria-labelledby="keywords-title">
      <h3 id="keywords-title">{t('notify.keywords')}</h3>
      <form className="notify-keyword" onSubmit={add}>
        <TextField
          label={t('notify.keywords.add')}
          hint={t('notify.keywords.text')}
          error={fault === null ? undefined : t(`notify.keywords.${fault}`)}
          value={written}
          maxLength={50}
          onChange={(event) => {
            setWritten(event.target.value);
            setFault(null);
          }}
        />
        <Button type="submit">{t('notify.keywords.submit')}</Button>
      </form>
      <ul className="chips" aria-label={t('notify.keywords')}>
        {keywords.map((keyword) => (
          <li key={keyword}>
            <button
              type="button"
              className="chip"
              aria-label={t('notify.keywords.remove', { keyword })}
              onClick={() => save(keywords.filter((one) => one !== keyword))}
            >
              <span className="ellipsis">{keyword}</span>
              <Icon name="close" size={14} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
