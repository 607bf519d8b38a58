import type { ReactNode } from 'react';
import type { IconName } from '../icons.tsx';
import type { Anchor } from './anchor.ts';
import { useLayer, useReturnedFocus } from './overlay-host.ts';
import { useOverlayViews } from './overlays.ts';
import './menu.css';

export interface MenuItem {
  id: string;
  label: string;
  icon?: IconName | undefined;
  keys?: string | undefined;
  danger?: boolean | undefined;
  onChoose: () => void;
}

/** A choice of one sign, in a row above the named items. */
export interface MenuSign {
  sign: string;
  label: string;
  onChoose: () => void;
}

export interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  signs?: { readonly label: string; readonly items: readonly MenuSign[] } | undefined;
  /** The menu opens here. */
  anchor: Anchor;
  onClose: () => void;
}

/** A menu at a point or beside an element; on a phone a sheet at the lower edge. */
export function Menu(props: MenuProps): ReactNode {
  useLayer(props.onClose);
  useReturnedFocus(props.anchor);
  const views = useOverlayViews(props.onClose);
  return views ? <views.MenuView {...props} /> : null;
}
