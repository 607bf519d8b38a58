import { useState, type MouseEvent } from 'react';
import { smallParts } from '../../app/late-parts.ts';
import { later } from '../../app/later.tsx';
import { anchorOf, type Anchor } from '../../shared/ui/anchor.ts';

export interface Row {
  readonly conversationId: string;
  readonly anchor: Anchor;
}

/** What the right button, a long press or the menu key opens on a row of the list; one for the whole list. */
export function useRowMenu(): { row: Row | null; open: (event: MouseEvent) => void; close: () => void } {
  const [row, setRow] = useState<Row | null>(null);
  const open = (event: MouseEvent) => {
    const link = (event.target as Element).closest<HTMLElement>('a[data-conversation]');
    const conversationId = link?.dataset['conversation'];
    if (!link || conversationId === undefined) return;
    event.preventDefault();
    setRow({ conversationId, anchor: anchorOf(event, link) });
  };
  return { row, open, close: () => setRow(null) };
}

export const RowMenu = later(async () => (await smallParts()).RowMenuView);
