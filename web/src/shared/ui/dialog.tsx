import { Dialog as Base } from '@base-ui/react/dialog';
import { useContext, useRef, type ReactNode } from 'react';
import { hasScreenKeyboard } from '../browser/pointer.ts';
import { IconButton } from './button.tsx';
import { OverlayContext, useReturnedFocus } from './overlay-host.ts';
import './dialog.css';

export interface DialogProps {
  title: string;
  size?: 'small' | 'medium' | 'large';
  onClose: () => void;
  /** There is only text in it: the body itself can take the focus, to be scrolled by keys. */
  textOnly?: boolean;
  footer?: ReactNode;
  children: ReactNode;
}

/** Modal, with a title and a button that closes it; on a phone a small one is a sheet at the lower edge, others fill the screen. */
export function Dialog({ title, size = 'medium', textOnly = false, onClose, footer, children }: DialogProps) {
  const { closeLabel } = useContext(OverlayContext);
  return (
    <DialogFrame className={`dialog-${size}`} onClose={onClose}>
      <header className="dialog-header">
        <Base.Title className="dialog-title">{title}</Base.Title>
        <IconButton icon="close" label={closeLabel} onClick={onClose} />
      </header>
      <div className="dialog-body" tabIndex={textOnly ? 0 : undefined}>
        {children}
      </div>
      {footer ? <footer className="dialog-footer">{footer}</footer> : null}
    </DialogFrame>
  );
}

/** The box of a modal dialog. One without a title is named by `label`. */
export function DialogFrame({
  label,
  className,
  onClose,
  children,
}: {
  label?: string;
  className: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  useReturnedFocus();
  return (
    <Base.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <Base.Portal>
        <Base.Backdrop className="dialog-scrim" />
        <Base.Viewport className="dialog-place">
          <Base.Popup
            ref={box}
            className={`dialog ${className}`}
            aria-label={label}
            initialFocus={() => firstOf(box.current) ?? true}
            finalFocus={false}
          >
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** The button that closes stands first; that is right where a field would bring a screen keyboard. */
function firstOf(box: HTMLElement | null): HTMLElement | null {
  const first = box?.querySelector<HTMLElement>('[data-autofocus]') ?? box?.querySelector<HTMLElement>('.dialog-body input') ?? null;
  return hasScreenKeyboard() && first instanceof HTMLInputElement ? null : first;
}
