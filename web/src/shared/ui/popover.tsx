import type { KeyboardEvent, ReactNode } from 'react';
import { hasScreenKeyboard } from '../browser/pointer.ts';
import { Floating } from './floating.tsx';
import type { Anchor } from './placement.ts';

/** A small panel beside its anchor; the tab order stays inside of it. */
export function Popover({ label, anchor, onClose, children }: { label: string; anchor: Anchor; onClose: () => void; children: ReactNode }) {
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') onClose();
    else if (event.key !== 'Tab' || !turn(event.currentTarget, event.shiftKey)) return;
    event.preventDefault();
  };
  return (
    <Floating label={label} anchor={anchor} onClose={onClose} onShow={enter} onKeyDown={press}>
      {children}
    </Floating>
  );
}

/** Focusing a field would open the screen keyboard, which covers what was opened. */
function enter(box: HTMLElement): void {
  const first = hasScreenKeyboard() ? null : (box.querySelector<HTMLElement>('[data-autofocus]') ?? focusable(box)[0]);
  (first ?? box).focus({ preventScroll: true });
}

/** Wraps the tab order at both ends; returns whether it did. */
function turn(box: HTMLElement, backwards: boolean): boolean {
  const list = focusable(box);
  const at = list.indexOf(document.activeElement as HTMLElement);
  const next = backwards ? (at <= 0 ? list.at(-1) : undefined) : at === list.length - 1 ? list[0] : undefined;
  next?.focus();
  return next !== undefined;
}

const focusable = (box: Element): HTMLElement[] =>
  [...box.querySelectorAll<HTMLElement>('a[href], button, input, textarea, select')].filter(
    (element) => element.tabIndex >= 0 && !element.matches(':disabled'),
  );
