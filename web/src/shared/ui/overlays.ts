import { createContext, useContext, useEffect, useRef } from 'react';
import { store } from '../state/store.ts';
import { useStore } from '../state/use-store.ts';
import type * as Part from './overlays/views.ts';

/** The dialogs, menus and popovers over the page: Back closes the topmost. */
export interface Layers {
  /** Opens a layer that is closed by `close`; the returned function removes it again. */
  open(close: () => void): () => void;
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
export function useLayer(onClose: () => void): void {
  const { layers } = useContext(OverlayContext);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => layers.open(() => close.current()), [layers]);
}

type Views = typeof Part;

/** Null until they are read. */
export const overlayViews = store<Views | null>(null);

/** The first paint shows nothing over the page, so what draws it is read in idle time, or when it is asked for. */
export const readOverlayViews = async (): Promise<void> => overlayViews.set(await import('./overlays/views.ts'));

/** What draws menus and popovers; null until it is read. `onClose` is called where it cannot be read. */
export function useOverlayViews(onClose: () => void): Views | null {
  const { onPartMissing } = useContext(OverlayContext);
  const known = useStore(overlayViews);
  useEffect(() => {
    if (overlayViews.get()) return;
    readOverlayViews().catch(() => {
      onClose();
      onPartMissing();
    });
  }, []);
  return known;
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
