import type { KeyboardEvent } from 'react';

/** Arrows go from the words through the results and back; answers whether they went somewhere. */
export function moveInResults(event: KeyboardEvent<HTMLElement>): boolean {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return false;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input[type="search"], .found-message')];
  const next = stops[stops.indexOf(document.activeElement as HTMLElement) + step];
  if (!next || !stops.includes(document.activeElement as HTMLElement)) return false;
  event.preventDefault();
  next.focus();
  return true;
}
