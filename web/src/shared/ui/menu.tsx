import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { folded } from '../../../../src/text/folded.ts';
import { Icon, type IconName } from '../icons.tsx';
import { Scrim } from './scrim.tsx';
import './menu.css';

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
  /** The menu opens beside this rectangle, in viewport pixels. */
  anchor: DOMRect;
  header?: ReactNode;
  onClose: () => void;
}

/** A menu as ARIA describes it: arrows, Home, End and first letters move, Escape and Tab close, focus returns to where it was. */
export function Menu({ label, items, anchor, header, onClose }: MenuProps) {
  const ref = useRef<HTMLDivElement>(null);
  const place = usePlacement(ref, anchor);
  useEffect(() => {
    const before = document.activeElement;
    itemsOf(ref.current)[0]?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus();
    };
  }, []);
  const choose = (item: MenuItem) => {
    onClose();
    item.onChoose();
  };
  return (
    <Scrim onClose={onClose}>
      <div ref={ref} className="menu" style={place} onKeyDown={(event) => moveFocus(event, onClose)}>
        {header}
        <div role="menu" aria-label={label}>
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
      </div>
    </Scrim>
  );
}

function moveFocus(event: KeyboardEvent, onClose: () => void): void {
  const list = itemsOf(event.currentTarget);
  const at = list.indexOf(document.activeElement as HTMLElement);
  const go = (index: number) => {
    event.preventDefault();
    list[(index + list.length) % list.length]?.focus();
  };
  event.stopPropagation();
  if (event.key === 'ArrowDown') go(at + 1);
  else if (event.key === 'ArrowUp') go(at - 1);
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

const itemsOf = (root: Element | null): HTMLElement[] => [...(root?.querySelectorAll<HTMLElement>('button') ?? [])];

/** Below the anchor and aligned to its end when there is room, else moved inside the window. */
export function usePlacement(ref: React.RefObject<HTMLElement | null>, anchor: DOMRect): { left: number; top: number } {
  const [place, setPlace] = useState({ left: -9999, top: 0 });
  useLayoutEffect(() => {
    const box = ref.current?.getBoundingClientRect();
    if (!box) return;
    const margin = 8;
    const left = Math.max(margin, Math.min(anchor.right - box.width, window.innerWidth - box.width - margin));
    const below = anchor.bottom + 4;
    const top = below + box.height + margin <= window.innerHeight ? below : Math.max(margin, anchor.top - box.height - 4);
    setPlace({ left, top });
  }, [ref, anchor]);
  return place;
}
