import { useLayoutEffect, type FocusEvent, type KeyboardEvent, type RefObject } from 'react';

export interface Roving {
  readonly onFocus: (event: FocusEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/**
 * One stop in the tab order for a whole list: arrows, Home and End move within it, Tab leaves it. The elements keep their place in the
 * tab order by themselves, so that a list of hundreds is not drawn anew with each step.
 */
export function useRoving(list: RefObject<HTMLElement | null>, selector: string): Roving {
  const stops = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>(selector) ?? [])];
  const choose = (chosen: HTMLElement | undefined) => {
    for (const stop of stops()) {
      const tabIndex = stop === chosen ? 0 : -1;
      if (stop.tabIndex !== tabIndex) stop.tabIndex = tabIndex;
    }
  };
  useLayoutEffect(() => {
    const all = stops();
    const isOne = all.filter((stop) => stop.tabIndex === 0).length === 1;
    if (!isOne) choose(all.find((stop) => stop.matches(':focus')) ?? all.find((stop) => stop.matches('[aria-current]')) ?? all[0]);
  });
  return {
    onFocus: ({ target }) => {
      const stop = target.closest<HTMLElement>(selector);
      if (stop) choose(stop);
    },
    onKeyDown: (event) => {
      const step = steps[event.key];
      if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      const all = stops();
      const at = all.indexOf(document.activeElement as HTMLElement);
      if (at < 0) return;
      event.preventDefault();
      all[Math.max(0, Math.min(all.length - 1, at + step))]?.focus();
    },
  };
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
