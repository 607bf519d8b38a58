import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { isInputMethod } from '../../shared/browser/input-method.ts';
import { Icon } from '../../shared/icons.tsx';
import type { User } from '../../shared/model.ts';
import { sortedPage } from '../../shared/state/paged-list.ts';
import { usePagedList, useRested } from '../../shared/state/use-paged-list.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { DialogFrame } from '../../shared/ui/dialog.tsx';
import { findEntries, type PaletteEntry } from './palette-entries.ts';
import { usePaletteEntries } from './use-palette-entries.ts';
import './palette.css';

const shownAtMost = 12;

/** Everything by its name: type, choose, Enter. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useApp();
  return (
    <DialogFrame label={t('action.openPalette')} className="palette" onClose={onClose}>
      <PaletteSearch onClose={onClose} />
    </DialogFrame>
  );
}

function PaletteSearch({ onClose }: { onClose: () => void }) {
  const { t } = useApp();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const entries = findEntries(usePaletteEntries(useFoundPeople(typed.trim())), typed, shownAtMost);
  const count = Math.max(1, entries.length);
  const chosen = Math.min(at, count - 1);
  const choose = (entry: PaletteEntry) => {
    onClose();
    entry.choose();
  };
  const press = (event: KeyboardEvent) => {
    if (isInputMethod(event.nativeEvent)) return;
    const entry = entries[chosen];
    if (event.key === 'ArrowDown') setAt((chosen + 1) % count);
    else if (event.key === 'ArrowUp') setAt((chosen - 1 + count) % count);
    else if (event.key === 'Enter' && entry) choose(entry);
    else return;
    event.preventDefault();
  };
  const type = (text: string) => {
    setTyped(text);
    setAt(0);
  };
  return (
    <>
      <div className="palette-input">
        <Icon name="search" size={18} />
        <input
          data-autofocus
          value={typed}
          onChange={(event) => type(event.target.value)}
          onKeyDown={press}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={entries.length > 0 ? `${listId}-${chosen}` : undefined}
          aria-label={t('palette.hint')}
          placeholder={t('palette.hint')}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <Entries id={listId} entries={entries} chosen={chosen} onChoose={choose} />
    </>
  );
}

const nobody = { items: [], nextCursor: null };

/** People of the team who fit what is typed, also those never met. */
function useFoundPeople(typed: string): readonly User[] {
  const { byName, client } = useApp();
  const query = useRested(typed);
  const { items } = usePagedList<User>(query, async () => {
    if (query === '') return nobody;
    const page = await client.call(api.auth.listUsers, { query, limit: 8 });
    return sortedPage(page, (one, other) => byName(one.displayName, other.displayName));
  });
  return items;
}

function Entries({
  id,
  entries,
  chosen,
  onChoose,
}: {
  id: string;
  entries: readonly PaletteEntry[];
  chosen: number;
  onChoose: (entry: PaletteEntry) => void;
}) {
  const { t } = useApp();
  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen]);
  return (
    <>
      {entries.length === 0 ? <p className="list-none muted">{t('palette.none')}</p> : null}
      <div id={id} className="palette-list" role="listbox" aria-label={t('palette.results')}>
        {entries.map((entry, index) => (
          <div
            key={entry.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            className="palette-entry"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(entry)}
          >
            {'icon' in entry.look ? (
              <span className="palette-icon">
                <Icon name={entry.look.icon} size={18} />
              </span>
            ) : (
              <Avatar id={entry.look.avatarId} name={entry.label} src={entry.look.src} size={28} />
            )}
            <span className="ellipsis">{entry.label}</span>
            {entry.hint ? <span className="palette-hint ellipsis">{entry.hint}</span> : null}
            {entry.keys ? <kbd className="menu-keys palette-keys">{entry.keys}</kbd> : null}
          </div>
        ))}
      </div>
    </>
  );
}
