import type { FocusEvent, KeyboardEvent, PointerEvent } from 'react';

/**
 * Marks the timeline while its reader goes on by keys: the tools show at the message that has the focus then, and else at the one that is
 * pointed at, never at both. A pointer that rests while the messages scroll below it is not used.
 */
export const lastMeans = {
  onFocus: ({ currentTarget, target }: FocusEvent<HTMLElement>): void => {
    if (target.matches(':focus-visible')) currentTarget.dataset['keys'] = '';
  },
  onKeyUp: ({ currentTarget }: KeyboardEvent<HTMLElement>): void => {
    currentTarget.dataset['keys'] = '';
  },
  onPointerMove: ({ currentTarget, movementX, movementY }: PointerEvent<HTMLElement>): void => {
    if (movementX !== 0 || movementY !== 0) delete currentTarget.dataset['keys'];
  },
  onPointerDown: ({ currentTarget }: PointerEvent<HTMLElement>): void => {
    delete currentTarget.dataset['keys'];
  },
};
