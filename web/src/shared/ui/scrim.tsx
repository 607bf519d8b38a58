import { useRef, type MouseEvent, type ReactNode } from 'react';
import './menu.css';

/**
 * Lies under a menu and closes it. Only a press that began here counts: the finger whose long press opened the menu is
 * still down, and lifting it makes a click.
 */
export function Scrim({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const began = useRef(false);
  return (
    <div
      className="menu-scrim"
      onPointerDown={(event) => {
        event.stopPropagation();
        began.current = event.target === event.currentTarget;
      }}
      onClick={(event) => {
        event.stopPropagation();
        if (began.current && event.target === event.currentTarget) onClose();
      }}
      onContextMenu={(event: MouseEvent) => {
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {children}
    </div>
  );
}
