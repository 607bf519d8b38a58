import { useEffect, useState, type RefObject } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { Icon } from '../../shared/icons.tsx';
import type { ConversationSections } from './conversation-order.ts';

interface Hidden {
  readonly above: number;
  readonly below: number;
}

const nothing: Hidden = { above: 0, below: 0 };

/** Says how much that is unread lies out of sight, and goes there. */
export function UnreadPills({ list, sections }: { list: RefObject<HTMLElement | null>; sections: ConversationSections }) {
  const { t } = useApp();
  const { above, below } = useHidden(list, sections);
  const show = (which: 'first' | 'last') => {
    const rows = hiddenRows(list.current);
    (which === 'first' ? rows.above.at(-1) : rows.below[0])?.scrollIntoView({ block: 'center' });
  };
  // For a pointer: the keyboard has its key for the next unread conversation, and Tab goes past.
  return (
    <>
      {above > 0 ? (
        <button type="button" tabIndex={-1} className="unread-pill unread-pill-above" onClick={() => show('first')}>
          <Icon name="up" size={14} />
          {t('sidebar.unreadAbove', { count: above })}
        </button>
      ) : null}
      {below > 0 ? (
        <button type="button" tabIndex={-1} className="unread-pill unread-pill-below" onClick={() => show('last')}>
          <Icon name="down" size={14} />
          {t('sidebar.unreadBelow', { count: below })}
        </button>
      ) : null}
    </>
  );
}

function useHidden(list: RefObject<HTMLElement | null>, sections: ConversationSections): Hidden {
  const [hidden, setHidden] = useState(nothing);
  useEffect(() => {
    const scroller = list.current;
    if (!scroller) return undefined;
    let frame = 0;
    const measure = () => {
      frame = 0;
      const rows = hiddenRows(scroller);
      const next = { above: rows.above.length, below: rows.below.length };
      setHidden((before) => (before.above === next.above && before.below === next.below ? before : next));
    };
    const soon = () => {
      frame ||= requestAnimationFrame(measure);
    };
    const sizes = new ResizeObserver(soon);
    sizes.observe(scroller);
    scroller.addEventListener('scroll', soon, { passive: true });
    soon();
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      scroller.removeEventListener('scroll', soon);
    };
  }, [list, sections]);
  return hidden;
}

function hiddenRows(scroller: HTMLElement | null): { above: HTMLElement[]; below: HTMLElement[] } {
  const rows = [...(scroller?.querySelectorAll<HTMLElement>('a[data-unread]') ?? [])];
  const { top = 0, bottom = 0 } = scroller?.getBoundingClientRect() ?? {};
  const placed = rows.map((row) => ({ row, at: row.getBoundingClientRect() }));
  return {
    above: placed.filter(({ at }) => at.bottom <= top + slackPx).map(({ row }) => row),
    below: placed.filter(({ at }) => at.top >= bottom - slackPx).map(({ row }) => row),
  };
}

/** A sliver of a row is out of sight too. */
const slackPx = 8;
