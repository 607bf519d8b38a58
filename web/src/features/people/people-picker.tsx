import { useId, useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { PagedView } from '../../app/paged-view.tsx';
import { Icon } from '../../shared/icons.tsx';
import type { User } from '../../shared/model.ts';
import { sortedPage } from '../../shared/state/paged-list.ts';
import { usePagedList, useRested } from '../../shared/state/use-paged-list.ts';
import { PersonLines } from './person-row.tsx';

export interface PeoplePickerProps {
  chosen: readonly User[];
  onChange: (chosen: readonly User[]) => void;
  /** People who are not offered. */
  without: ReadonlySet<string>;
}

/** People of the team, searched by the server; the chosen ones stand above as chips. */
export function PeoplePicker({ chosen, onChange, without }: PeoplePickerProps) {
  const { byName, client, t } = useApp();
  const id = useId();
  const [words, setWords] = useState('');
  const query = useRested(words.trim());
  const paged = usePagedList<User>(query, async (cursor) => {
    const page = await client.call(api.auth.listUsers, { query, ...(cursor ? { cursor } : {}) });
    return sortedPage(page, (one, other) => byName(one.displayName, other.displayName));
  });
  const offered = paged.items.filter((person) => !without.has(person.id) && person.active);
  const isChosen = (person: User) => chosen.some((one) => one.id === person.id);
  const toggle = (person: User) => onChange(isChosen(person) ? chosen.filter((one) => one.id !== person.id) : [...chosen, person]);
  return (
    <div className="people-picker">
      <label htmlFor={id} className="field-label">
        {t('people.search')}
      </label>
      <Chosen people={chosen} onTakeOut={toggle} />
      <input
        id={id}
        className="input"
        type="search"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        placeholder={t('people.search.hint')}
        autoComplete="off"
        data-autofocus
      />
      <PagedView paged={{ ...paged, items: offered }} label={t('people.label')} none={t('people.none')} className="people-list">
        {(person) => <Choice key={person.id} person={person} chosen={isChosen(person)} onToggle={() => toggle(person)} />}
      </PagedView>
    </div>
  );
}

function Chosen({ people, onTakeOut }: { people: readonly User[]; onTakeOut: (person: User) => void }) {
  const { t } = useApp();
  if (people.length === 0) return null;
  return (
    <ul className="chips" aria-label={t('people.chosen')}>
      {people.map((person) => (
        <li key={person.id}>
          <button
            type="button"
            className="chip"
            aria-label={t('people.unchoose', { name: person.displayName })}
            onClick={() => onTakeOut(person)}
          >
            <span className="ellipsis">{person.displayName}</span>
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Choice({ person, chosen, onToggle }: { person: User; chosen: boolean; onToggle: () => void }) {
  return (
    <li>
      <label className="person person-choice">
        <input type="checkbox" className="cover-input" checked={chosen} onChange={onToggle} aria-label={person.displayName} />
        <PersonLines person={person} />
        <span className="choice-mark">{chosen ? <Icon name="check" size={16} /> : null}</span>
      </label>
    </li>
  );
}
