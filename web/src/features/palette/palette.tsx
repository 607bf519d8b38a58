import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { Icon } from '../../shared/icons.tsx';
import type { User } from '../../shared/model.ts';
import { usePagedList, useRested } from '../../shared/state/use-paged-list.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { findEntries, type PaletteEntry } from './palette-entries.ts';
import { usePaletteEntries } from './use-palette-entries.ts';
import './palette.css';

const shownAtMost = 12;

/** Everything by its name: type, choose, Enter. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { client, t } = useApp();
  const ref = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const query = useRested(typed.trim());
  const { items: found } = usePagedList<User>(query, () => (query === '' ? Promise.resolve({ items: [], nextCursor: null }) : client.call(api.auth.listUsers, { query, limit: 8 })));
  const entries = findEntries(usePaletteEntries(found), typed, shownAtMost);
  const chosen = Math.min(at, Math.max(0, entries.length - 1));
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  const choose = (entry: PaletteEntry) => {
    onClose();
    entry.choose();
  };
  const press = (event: KeyboardEvent) => {
    const entry = entries[chosen];
    if (event.key === 'ArrowDown') setAt((chosen + 1) % Math.max(1, entries.length));
    else if (event.key === 'ArrowUp') setAt((chosen - 1 + entries.length) % Math.max(1, entries.length));
    else if (event.key === 'Enter' && entry) choose(entry);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={ref}
      className="dialog palette"
      aria-label={t('action.openPalette')}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className="dialog-frame">
        <div className="palette-input">
          <Icon name="search" size={18} />
          <input
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setAt(0);
            }}
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
      </div>
    </dialog>
  );
}

function Entries({ id, entries, chosen, onChoose }: { id: string; entries: readonly PaletteEntry[]; chosen: number; onChoose: (entry: PaletteEntry) => void }) {
  const { t } = useApp();
  useEffect(() => document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' }), [id, chosen]);
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
              <Avatar id={entry.look.avatarId} name={entry.label} size={28} />
            )}
            <span className="ellipsis">{entry.label}</span>
            {entry.hint ? <span className="palette-hint ellipsis">{entry.hint}</span> : null}
          </div>
        ))}
      </div>
    </>
  );
}
