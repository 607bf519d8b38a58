import { createContext, useContext, useEffect, useRef } from 'react';

/** The dialogs, menus and popovers over the page: Back closes the topmost. */
export interface Layers {
  /** Opens a layer that is closed by `close`; the returned function removes it again. */
  open(close: () => void): () => void;
}

export const LayersContext = createContext<Layers>({ open: () => () => undefined });

/** Counts a dialog, a menu or a popover as a layer for as long as it is shown. */
export function useLayer(onClose: () => void): void {
  const layers = useContext(LayersContext);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => layers.open(() => close.current()), [layers]);
}
