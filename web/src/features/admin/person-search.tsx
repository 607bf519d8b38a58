import { useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { PagedView } from '../../app/paged-view.tsx';
import type { User } from '../../shared/model.ts';
import { useRested } from '../../shared/state/use-paged-list.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { useAccounts } from './use-accounts.ts';

/** One person of all accounts, closed ones too. Nobody is offered before something is typed. */
export function PersonSearch({ onChoose }: { onChoose: (person: User) => void }) {
  const { t } = useApp();
  const [words, setWords] = useState('');
  const query = useRested(words.trim());
  return (
    <>
      <input
        className="input admin-search"
        type="search"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        placeholder={t('users.search')}
        aria-label={t('traces.person')}
      />
      {query === '' ? null : <Found query={query} onChoose={onChoose} />}
    </>
  );
}

function Found({ query, onChoose }: { query: string; onChoose: (person: User) => void }) {
  const { t } = useApp();
  const paged = useAccounts(query);
  return (
    <PagedView paged={paged} label={t('traces.people')} none={t('people.none')} className="card admin-list" waitingRows={2}>
      {(user) => (
        <li key={user.id}>
          <button type="button" className="person admin-row person-choose" onClick={() => onChoose(user)}>
            <Avatar id={user.id} name={user.displayName} src={user.avatarUrl} size={28} />
            <span className="person-text">
              <span className="person-name ellipsis">{user.displayName}</span>
              <span className="person-line ellipsis">@{user.username}</span>
            </span>
          </button>
        </li>
      )}
    </PagedView>
  );
}
