import { useContext, useEffect } from 'react';
import { store } from '../state/store.ts';
import { useStore } from '../state/use-store.ts';
import { OverlayContext } from './overlay-host.ts';
import type * as Part from './overlays/views.ts';

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
