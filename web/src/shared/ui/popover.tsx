import type { ReactNode } from 'react';
import type { Anchor } from './anchor.ts';
import { useLayer, useReturnedFocus } from './overlay-host.ts';
import { useOverlayViews } from './overlays.ts';
import './menu.css';

export interface PopoverProps {
  label: string;
  anchor: Anchor;
  onClose: () => void;
  children: ReactNode;
}

/** A small panel beside its anchor; the tab order stays inside of it. On a phone it is a sheet at the lower edge. */
export function Popover(props: PopoverProps): ReactNode {
  useLayer(props.onClose);
  useReturnedFocus(props.anchor);
  const views = useOverlayViews(props.onClose);
  return views ? <views.PopoverView {...props} /> : null;
}
