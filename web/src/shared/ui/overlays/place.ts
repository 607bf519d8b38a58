import type { KeyboardEvent, SyntheticEvent } from 'react';
import { isInputMethod } from '../../browser/input-method.ts';
import type { Anchor } from '../anchor.ts';

/** Beside an element, or with the corner at a point; inside what is seen of the window. The style sheet makes a sheet of it on a phone. */
export function placeBy(anchor: Anchor) {
  const isPoint = !(anchor instanceof Element) && anchor.width === 0;
  return {
    className: 'menu-place',
    anchor: anchor instanceof Element ? anchor : { getBoundingClientRect: () => anchor },
    positionMethod: 'fixed',
    side: 'bottom',
    align: isPoint ? 'start' : 'end',
    sideOffset: isPoint ? 0 : 4,
    collisionPadding: 8,
    // Where neither side has room, it covers the anchor rather than leaving the window.
    sticky: true,
  } as const;
}

/** React passes events of a layer on to the component that opened it, which must not take them for its own. */
export function ownEvents(onClose: () => void) {
  const keep = (event: SyntheticEvent) => event.stopPropagation();
  return {
    onPointerDown: keep,
    onClick: keep,
    onContextMenu: (event: SyntheticEvent) => {
      event.preventDefault();
      event.stopPropagation();
    },
    onKeyDown: (event: KeyboardEvent) => {
      event.stopPropagation();
      if (event.key === 'Escape' && !isInputMethod(event.nativeEvent)) onClose();
    },
  };
}
