import { Menu } from '@base-ui/react/menu';
import { Icon } from '../../icons.tsx';
import type { MenuItem, MenuProps, MenuSign } from '../menu.tsx';
import { ownEvents, placeBy } from './place.ts';

export function MenuView({ label, items, signs, anchor, onClose }: MenuProps) {
  const { onKeyDown, ...kept } = ownEvents(onClose);
  return (
    <Menu.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <Menu.Portal onContextMenu={kept.onContextMenu}>
        <Menu.Backdrop className="menu-scrim" />
        <Menu.Positioner {...placeBy(anchor)}>
          <Menu.Popup
            className="menu"
            aria-label={label}
            finalFocus={false}
            {...kept}
            onKeyDown={(event) => {
              onKeyDown(event);
              if (event.key !== 'Tab') return;
              event.preventDefault();
              onClose();
            }}
          >
            {signs ? (
              <Menu.Group className="menu-signs" aria-label={signs.label}>
                {signs.items.map((item) => (
                  <Sign key={item.sign} item={item} />
                ))}
              </Menu.Group>
            ) : null}
            {items.map((item, index) => (
              <Item key={item.id} item={item} isFirst={index === 0} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

const Sign = ({ item: { sign, label, onChoose } }: { item: MenuSign }) => (
  <Menu.Item className="menu-sign" aria-label={label} label={label} onClick={onChoose}>
    {sign}
  </Menu.Item>
);

/** The first of the named items has the focus when the menu opens; signs above it are reached by going up. */
const Item = ({ item, isFirst }: { item: MenuItem; isFirst: boolean }) => (
  <Menu.Item
    ref={isFirst ? takeFocus : null}
    className={item.danger ? 'menu-item menu-item-danger' : 'menu-item'}
    label={item.label}
    onClick={item.onChoose}
  >
    {item.icon ? <Icon name={item.icon} size={18} /> : null}
    <span className="menu-item-label">{item.label}</span>
    {item.keys ? <kbd className="menu-keys">{item.keys}</kbd> : null}
  </Menu.Item>
);

const takeFocus = (element: HTMLElement | null): void => element?.focus({ preventScroll: true });
