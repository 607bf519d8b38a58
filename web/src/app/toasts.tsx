import { useStore } from '../shared/state/use-store.ts';
import { useApp } from './app-context.tsx';
import '../shared/ui/toasts.css';

/** Short notes above everything else, which stay while a pointer is over them. They are part of the first load: one of them says that a part cannot be read. */
export function Toasts() {
  const { ui } = useApp();
  const toasts = useStore(ui.toasts);
  return (
    <div
      className="toasts"
      role="status"
      aria-live="polite"
      onPointerEnter={() => ui.holdToasts(true)}
      onPointerLeave={() => ui.holdToasts(false)}
    >
      {toasts.map((toast) => (
        <p key={toast.id} className={toast.look === 'error' ? 'toast toast-error' : 'toast'}>
          {toast.text}
        </p>
      ))}
    </div>
  );
}
