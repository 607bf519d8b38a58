import { useEffect, useId, useRef, type ReactNode } from 'react';
import { hasScreenKeyboard } from '../browser/pointer.ts';
import { IconButton } from './button.tsx';
import './dialog.css';

export interface DialogProps {
  title: string;
  closeLabel: string;
  size?: 'small' | 'medium' | 'large';
  onClose: () => void;
  /** There is only text in it: the body itself takes the focus, to be scrolled by keys. */
  textOnly?: boolean;
  footer?: ReactNode;
  children: ReactNode;
}

/** Modal by the browser's own `<dialog>`: focus stays inside and returns where it came from, Escape closes, the rest is inert. */
export function Dialog({ title, closeLabel, size = 'medium', textOnly = false, onClose, footer, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    // The browser would choose the close button, which stands first; that is right where a field would bring a screen keyboard.
    const first = dialog?.querySelector<HTMLElement>('[data-autofocus]') ?? dialog?.querySelector<HTMLElement>('.dialog-body input');
    if (!(hasScreenKeyboard() && first instanceof HTMLInputElement)) first?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={`dialog dialog-${size}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className="dialog-frame">
        <header className="dialog-header">
          <h2 id={titleId} className="dialog-title">
            {title}
          </h2>
          <IconButton icon="close" label={closeLabel} onClick={onClose} />
        </header>
        <div className="dialog-body" tabIndex={textOnly ? 0 : undefined}>
          {children}
        </div>
        {footer ? <footer className="dialog-footer">{footer}</footer> : null}
      </div>
    </dialog>
  );
}
