import type { KeyboardEvent, ReactNode } from 'react';
import { folded } from '../../../../src/text/folded.ts';
import { Icon, type IconName } from '../icons.tsx';
import { Floating } from './floating.tsx';
import type { Anchor } from './placement.ts';

export interface MenuItem {
  id: string;
  label: string;
  icon?: IconName | undefined;
  keys?: string | undefined;
  danger?: boolean | undefined;
  onChoose: () => void;
}

export interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  /** The menu opens here. */
  anchor: Anchor;
  header?: ReactNode;
  onClose: () => void;
}

/** A menu as ARIA describes it: arrows, Home, End and first letters move, Escape and Tab close. */
export function Menu({ label, items, anchor, header, onClose }: MenuProps) {
  const choose = (item: MenuItem) => {
    onClose();
    item.onChoose();
  };
  return (
    <Floating anchor={anchor} onClose={onClose} onShow={enter} onKeyDown={(event) => moveFocus(event, onClose)}>
      <div role="menu" aria-label={label}>
        {header}
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={item.danger ? 'menu-item menu-item-danger' : 'menu-item'}
            onClick={() => choose(item)}
          >
            {item.icon ? <Icon name={item.icon} size={18} /> : null}
            <span className="menu-item-label">{item.label}</span>
            {item.keys ? <kbd className="menu-keys">{item.keys}</kbd> : null}
          </button>
        ))}
      </div>
    </Floating>
  );
}

/** The first of the named items; what stands in the header is reached by going up. */
const enter = (box: HTMLElement): void => (box.querySelector<HTMLElement>('.menu-item') ?? box).focus({ preventScroll: true });

function moveFocus(event: KeyboardEvent<HTMLElement>, onClose: () => void): void {
  const list = itemsOf(event.currentTarget);
  const at = list.indexOf(document.activeElement as HTMLElement);
  const go = (index: number) => {
    event.preventDefault();
    list[(index + list.length) % list.length]?.focus();
  };
  if (event.key === 'ArrowDown' || event.key === 'ArrowRight') go(at + 1);
  else if (event.key === 'ArrowUp' || event.key === 'ArrowLeft') go(at < 0 ? -1 : at - 1);
  else if (event.key === 'Home') go(0);
  else if (event.key === 'End') go(list.length - 1);
  else if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    onClose();
  } else if (event.key.length === 1) {
    const typed = folded(event.key);
    const found = list.findIndex((item, index) => index > at && folded(item.textContent.trim()).startsWith(typed));
    if (found >= 0) go(found);
  }
}

const itemsOf = (root: Element): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('[role="menuitem"]')];
