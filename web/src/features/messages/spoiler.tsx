import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useApp } from '../../app/app-context.tsx';

/** Hidden until somebody opens it, also from copying and from a screen reader. */
export function Spoiler({ children }: { children: ReactNode }) {
  const { t } = useApp();
  const [isOpen, setIsOpen] = useState(false);
  if (isOpen) return <span className="spoiler spoiler-open">{children}</span>;
  const open = () => {
    setIsOpen(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    open();
  };
  return (
    <span className="spoiler" role="button" tabIndex={0} aria-label={t('text.spoiler')} onClick={open} onKeyDown={onKeyDown}>
      <span inert>{children}</span>
    </span>
  );
}
