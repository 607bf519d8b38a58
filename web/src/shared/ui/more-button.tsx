import { Button } from './button.tsx';

/** Below a list that has another page. */
export function MoreButton({ shown, busy, label, onMore }: { shown: boolean; busy: boolean; label: string; onMore: () => void }) {
  if (!shown) return null;
  return (
    <div className="more-button">
      <Button busy={busy} onClick={onMore}>
        {label}
      </Button>
    </div>
  );
}
