import { useEffect, useState, type KeyboardEvent } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { readWhenIdle } from '../../app/later.tsx';
import { isInputMethod } from '../../shared/browser/input-method.ts';

const columns = 8;

/** A grid of emoji, found by words of both languages; arrows move within it. */
export function EmojiPicker({ onChoose }: { onChoose: (emoji: string) => void }) {
  const { t } = useApp();
  const [words, setWords] = useState('');
  const { find, hasFailed } = useFindEmoji();
  const found = find?.(words) ?? [];
  const [first] = found;
  const press = (event: KeyboardEvent) => {
    if (isInputMethod(event.nativeEvent)) return;
    if (event.key === 'Enter' && first) {
      event.preventDefault();
      onChoose(first);
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('.emoji-grid button')?.focus();
    }
  };
  return (
    <div className="emoji-picker">
      <input
        className="input"
        type="search"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={press}
        placeholder={t('emoji.search')}
        aria-label={t('emoji.search')}
        data-autofocus
      />
      {hasFailed ? <p className="emoji-none muted">{t('part.failed')}</p> : null}
      {find && found.length === 0 ? <p className="emoji-none muted">{t('emoji.none')}</p> : null}
      <div className="emoji-grid" onKeyDown={moveInGrid}>
        {found.map((emoji) => (
          <button key={emoji} type="button" aria-label={emoji} onClick={() => onChoose(emoji)}>
            {emoji}
          </button>
        ))}
      </div>
    </div>
  );
}

const readFindEmoji = () => import('./find-emoji.ts');
readWhenIdle(readFindEmoji);

type FindEmoji = (query: string) => readonly string[];

/** Emoji and their words are read when a picker opens. */
function useFindEmoji(): { find: FindEmoji | null; hasFailed: boolean } {
  const [find, setFind] = useState<FindEmoji | null>(null);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    readFindEmoji().then(
      ({ findEmoji }) => setFind(() => findEmoji),
      () => setFailed(true),
    );
  }, []);
  return { find, hasFailed };
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };

function moveInGrid(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const next = buttons[at + step];
  if (next) next.focus();
  else if (step < 0) event.currentTarget.parentElement?.querySelector('input')?.focus();
}
