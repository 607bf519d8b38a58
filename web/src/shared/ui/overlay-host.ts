import { createContext, useContext, useEffect, useRef } from 'react';

/** The dialogs, menus and popovers over the page: Back closes the topmost. */
export interface Layers {
  /** Opens a layer that is closed by `close`; the returned function removes it again. The address names what can be opened from its `name` alone. */
  open(close: () => void, name?: string | null): () => void;
}

/** What the page gives to whatever opens over it. */
export interface OverlayHost {
  readonly layers: Layers;
  readonly closeLabel: string;
  /** The part of the page that draws it could not be read. */
  onPartMissing(): void;
}

export const OverlayContext = createContext<OverlayHost>({
  layers: { open: () => () => undefined },
  closeLabel: '',
  onPartMissing: () => undefined,
});

/** Counts a dialog, a menu or a popover as a layer for as long as it is shown. */
export function useLayer(onClose: () => void, name: string | null = null): void {
  const { layers } = useContext(OverlayContext);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => layers.open(() => close.current(), name), [layers, name]);
}

/** The same for something that its component shows at times. */
export function Layer({ onClose, name = null }: { onClose: () => void; name?: string | null }): null {
  useLayer(onClose, name);
  return null;
}

/** Where the focus returns to once a layer is gone, unless it went elsewhere meanwhile. */
export function useReturnedFocus(anchor?: unknown): void {
  useEffect(() => {
    const { activeElement } = document;
    // Safari gives a clicked button no focus; the button is then the place to return to.
    const back = activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : anchor;
    return () => {
      const isLost = document.activeElement === document.body || document.activeElement === null;
      if (isLost && back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
    };
  }, []);
}
