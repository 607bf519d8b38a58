/** A panel takes the whole place of the conversation on screens this narrow; the style sheets say the same. */
export const panelCovers = (): boolean => window.matchMedia('(max-width: 1100px)').matches;
