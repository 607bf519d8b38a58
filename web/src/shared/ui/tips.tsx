import type { ReactNode } from 'react';
import { useStore } from '../state/use-store.ts';
import { overlayViews } from './overlays.ts';

/** The tooltips of the page, once what draws them is read. */
export function Tips(): ReactNode {
  const views = useStore(overlayViews);
  return views ? <views.TipsView /> : null;
}
