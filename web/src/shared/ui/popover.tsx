import { useEffect, useRef, type ReactNode } from 'react';
import { usePlacement } from './menu.tsx';
import { Scrim } from './scrim.tsx';
import './menu.css';

/** A small panel beside its anchor: Escape and a click elsewhere close it, and focus returns to where it was. */
export function Popover({
  label,
  anchor,
  onClose,
  children,
}: {
  label: string;
  anchor: DOMRect;
  onClose: () => void;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDivElement>(null);
  const place = usePlacement(ref, anchor);
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus();
    };
  }, []);
  return (
    <Scrim onClose={onClose}>
      <div
        ref={ref}
        className="menu"
        role="dialog"
        aria-label={label}
        style={place}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') onClose();
        }}
      >
        {children}
      </div>
    </Scrim>
  );
}
