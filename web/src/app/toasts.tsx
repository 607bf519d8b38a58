import { useEffect, useRef } from 'react';
import { useStore } from '../shared/state/use-store.ts';
import { useApp } from './app-context.tsx';
import '../shared/ui/toasts.css';

/** Short notes, above everything else: shown again in the top layer with each new one, as a dialog may have come over them. */
export function Toasts() {
  const { ui } = useApp();
  const toasts = useStore(ui.toasts);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = ref.current;
    if (!place || typeof place.showPopover !== 'function') return;
    if (place.matches(':popover-open')) place.hidePopover();
    if (toasts.length > 0) place.showPopover();
  }, [toasts]);
  return (
    <div ref={ref} className="toasts" popover="manual" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <p key={toast.id} className={toast.look === 'error' ? 'toast toast-error' : 'toast'}>
          {toast.text}
        </p>
      ))}
    </div>
  );
}
