import { Popover } from '@base-ui/react/popover';
import { useContext, useRef } from 'react';
import { hasScreenKeyboard } from '../../browser/pointer.ts';
import { OverlayContext } from '../overlay-host.ts';
import type { PopoverProps } from '../popover.tsx';
import { ownEvents, placeBy } from './place.ts';

export function PopoverView({ label, anchor, onClose, children }: PopoverProps) {
  const { closeLabel } = useContext(OverlayContext);
  const box = useRef<HTMLDivElement>(null);
  const events = ownEvents(onClose);
  /** Focusing a field would open the screen keyboard, which covers what was opened. */
  const first = () => (hasScreenKeyboard() ? box.current : (box.current?.querySelector<HTMLElement>('[data-autofocus]') ?? true));
  return (
    <Popover.Root open modal onOpenChange={(isOpen) => isOpen || onClose()}>
      <Popover.Portal onContextMenu={events.onContextMenu}>
        <Popover.Backdrop className="menu-scrim" />
        <Popover.Positioner {...placeBy(anchor)}>
          <Popover.Popup ref={box} className="menu" aria-label={label} initialFocus={first} finalFocus={false} {...events}>
            {children}
            <Popover.Close className="visually-hidden">{closeLabel}</Popover.Close>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
