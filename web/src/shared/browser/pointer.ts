/** A screen keyboard would cover the page, so nothing takes the focus there unasked. */
export const hasScreenKeyboard = (): boolean => window.matchMedia('(pointer: coarse)').matches;

export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);
