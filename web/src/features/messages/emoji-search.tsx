import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { isInputMethod } from '../../shared/browser/input-method.ts';
import { hasScreenKeyboard } from '../../shared/browser/pointer.ts';
import { findEmoji } from './find-emoji.ts';

const columns = 8;

/** A grid of emoji, found by words of both languages; arrows move within it. */
export function EmojiSearch({ onChoose }: { onChoose: (emoji: string) => void }) {
  const { t } = useApp();
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState('');
  const found = findEmoji(words);
  const [first] = found;
  // What holds it has looked for its first field before this part of the page was read.
  useEffect(() => {
    if (!hasScreenKeyboard()) field.current?.focus();
  }, []);
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
        ref={field}
        className="input"
        type="search"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={press}
        placeholder={t('emoji.search')}
        aria-label={t('emoji.search')}
        data-autofocus
      />
      {found.length === 0 ? <p className="emoji-none muted">{t('emoji.none')}</p> : null}
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
