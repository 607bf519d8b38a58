import type { Action } from './action.ts';

/** The list, the conversation and the panel, each with the element that gets the focus: F6 goes from one to the next, as in desktop programs. */
function enterArea(step: 1 | -1): void {
  const areas = [...document.querySelectorAll<HTMLElement>('[data-area]')].filter((area) => area.checkVisibility());
  const at = areas.findIndex((area) => area.contains(document.activeElement));
  const next = areas[at === -1 ? (step === 1 ? 0 : areas.length - 1) : (at + step + areas.length) % areas.length];
  const places = [...(next?.querySelectorAll<HTMLElement>('textarea, input, a[href], button') ?? [])].filter(
    (place) => place.tabIndex >= 0 && place.checkVisibility(),
  );
  (places.find((place) => place.matches('textarea, input')) ?? places[0] ?? next)?.focus();
}

export const nextArea: Action = {
  name: 'app.nextArea',
  label: 'action.nextArea',
  icon: 'next',
  keys: 'F6',
  test: () => true,
  perform: () => enterArea(1),
};

export const previousArea: Action = {
  ...nextArea,
  name: 'app.previousArea',
  label: 'action.previousArea',
  icon: 'back',
  keys: 'Shift+F6',
  perform: () => enterArea(-1),
};
