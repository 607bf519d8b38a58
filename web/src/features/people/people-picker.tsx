import { useId, useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import { Icon } from '../../shared/icons.tsx';
import type { User } from '../../shared/model.ts';
import { usePagedList, useRested } from '../../shared/state/use-paged-list.ts';
import { Notice } from '../../shared/ui/empty.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { PersonLines } from './person-row.tsx';

export interface PeoplePickerProps {
  chosen: readonly User[];
  onChange: (chosen: readonly User[]) => void;
  /** People who are not offered. */
  without: ReadonlySet<string>;
}

/** People of the team, searched by the server; the chosen ones stand above as chips. */
export function PeoplePicker({ chosen, onChange, without }: PeoplePickerProps) {
  const { client, t } = useApp();
  const id = useId();
  const [words, setWords] = useState('');
  const query = useRested(words.trim());
  const { items, status, failure, nextCursor, list } = usePagedList<User>(query, (cursor) => client.call(api.auth.listUsers, { query, ...(cursor ? { cursor } : {}) }));
  const offered = items.filter((person) => !without.has(person.id) && person.active);
  const isChosen = (person: User) => chosen.some((one) => one.id === person.id);
  const toggle = (person: User) => onChange(isChosen(person) ? chosen.filter((one) => one.id !== person.id) : [...chosen, person]);
  return (
    <div className="people-picker">
      <label htmlFor={id} className="field-label">
        {t('people.search')}
      </label>
      {chosen.length > 0 ? (
        <ul className="chips" aria-label={t('people.chosen')}>
          {chosen.map((person) => (
            <li key={person.id}>
              <button type="button" className="chip" aria-label={t('people.unchoose', { name: person.displayName })} onClick={() => toggle(person)}>
                {person.displayName}
                <Icon name="close" size={14} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <input id={id} className="input" type="search" value={words} onChange={(event) => setWords(event.target.value)} placeholder={t('people.search.hint')} autoComplete="off" data-autofocus />
      {status === 'failed' ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
      {status === 'loading' && items.length === 0 ? <Skeleton label={t('loading')} rows={4} /> : null}
      <ul className="people-list" aria-label={t('people.label')}>
        {offered.map((person) => (
          <li key={person.id}>
            <label className="person person-choice">
              <input type="checkbox" className="visually-hidden" checked={isChosen(person)} onChange={() => toggle(person)} aria-label={person.displayName} />
              <PersonLines person={person} />
              <span className="choice-mark">{isChosen(person) ? <Icon name="check" size={16} /> : null}</span>
            </label>
          </li>
        ))}
      </ul>
      {status === 'ready' && offered.length === 0 ? <p className="list-none muted">{t('people.none')}</p> : null}
      <MoreButton shown={nextCursor !== null} busy={status === 'loading'} label={t('showMore')} onMore={() => void list.more()} />
    </div>
  );
}
