import { useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { later } from '../../app/later.tsx';
import { partWith } from '../../app/part.ts';
import type { Shown } from './person-card.tsx';

const PersonCard = later(() => partWith(['panels'], async () => (await import('./person-card.tsx')).PersonCard));

/** Opens the card of a person wherever one of them is named below: whatever carries `data-person` answers to a press and to Enter. */
export function PersonCards({ className, children, ...rest }: { className: string; children: ReactNode; 'data-view': string }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const open = (event: MouseEvent | KeyboardEvent) => {
    const anchor = (event.target as Element).closest<HTMLElement>('[data-person]');
    const personId = anchor?.dataset['person'];
    if (!anchor || !personId || event.defaultPrevented) return;
    event.preventDefault();
    setShown({ personId, anchor });
  };
  return (
    <div
      {...rest}
      className={className}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') open(event);
      }}
    >
      {children}
      {shown ? <PersonCard key={shown.personId} shown={shown} onClose={() => setShown(null)} /> : null}
    </div>
  );
}
