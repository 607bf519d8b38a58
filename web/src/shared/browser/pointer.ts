/** A screen keyboard would cover the page, so nothing takes the focus there unasked. */
export const hasScreenKeyboard = (): boolean => (coarsePointer ??= window.matchMedia('(pointer: coarse)')).matches;

/** Follows the device by itself; to make one takes longer than to ask it. */
let coarsePointer: MediaQueryList | null = null;

export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);
