import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useLayer } from './layers.ts';
import { usePlacement, type Anchor } from './placement.ts';
import { Scrim } from './scrim.tsx';
import './menu.css';

export interface FloatingProps {
  anchor: Anchor;
  onClose: () => void;
  /** Called with the box once it is shown. */
  onShow: (box: HTMLElement) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  /** A box that is a dialog by itself has a name; a menu inside of it carries its own. */
  label?: string;
  children: ReactNode;
}

/** A box beside its anchor, over everything else: Back, Escape and a press elsewhere close it, and the focus returns to where it was. */
export function Floating({ anchor, onClose, onShow, onKeyDown, label, children }: FloatingProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayer(onClose);
  usePlacement(ref, anchor);
  useEffect(() => {
    const back = returnPlace(anchor);
    if (ref.current) onShow(ref.current);
    return () => {
      if (back?.isConnected && (document.activeElement === document.body || !document.activeElement)) back.focus();
    };
  }, []);
  return createPortal(
    <Scrim onClose={onClose}>
      <div
        ref={ref}
        className="menu"
        tabIndex={-1}
        {...(label ? { role: 'dialog', 'aria-label': label } : {})}
        onKeyDown={(event) => {
          event.stopPropagation();
          onKeyDown(event);
        }}
      >
        {children}
      </div>
    </Scrim>,
    // What lies outside of an open dialog is inert.
    [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body,
  );
}

/** Safari gives a clicked button no focus; the button is then the place to return to. */
function returnPlace(anchor: Anchor): HTMLElement | null {
  const { activeElement } = document;
  if (activeElement instanceof HTMLElement && activeElement !== document.body) return activeElement;
  return anchor instanceof HTMLElement ? anchor : null;
}
