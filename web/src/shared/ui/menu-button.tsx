import { useState } from 'react';
import type { IconName } from '../icons.tsx';
import { IconButton } from './button.tsx';
import { Menu, type MenuItem } from './menu.tsx';

/** An icon that opens a menu; nothing is shown when the menu would be empty. */
export function MenuButton({
  label,
  icon = 'more',
  items,
  size,
}: {
  label: string;
  icon?: IconName;
  items: readonly MenuItem[];
  size?: number;
}) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  if (items.length === 0) return null;
  return (
    <>
      <IconButton
        icon={icon}
        label={label}
        {...(size ? { size } : {})}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      {anchor ? <Menu label={label} items={items} anchor={anchor} onClose={() => setAnchor(null)} /> : null}
    </>
  );
}
