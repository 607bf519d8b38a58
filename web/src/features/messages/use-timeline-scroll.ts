import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useApp } from '../../app/app-context.tsx';
import type { Conversation, ConversationHandle, Timeline } from '../../shared/model.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { timelineScroll, type Sight, type TimelineScroll } from './timeline-scroll.ts';
import type { TimelineView } from './timeline-view.ts';

export interface TimelineScrolling {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly rows: RefObject<HTMLDivElement | null>;
  /** The newest message is out of sight. */
  readonly away: boolean;
}

interface Looked {
  readonly handle: ConversationHandle;
  readonly view: TimelineView;
  readonly timeline: Timeline;
  readonly conversation: Conversation;
}

/** Ties the scroll position to the window: keeps the place, reads more at the edges, and moves the read mark with what is seen. */
export function useTimelineScroll(looked: Looked): TimelineScrolling {
  const { view, timeline } = looked;
  const frame = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const scroll = useRef<TimelineScroll | null>(null);
  const [away, setAway] = useState(false);
  const place = useStore(view.place);
  const newFromSeq = useStore(view.newFromSeq);
  const react = useReaction(looked, setAway);

  useLayoutEffect(() => {
    if (!frame.current || !rows.current) return;
    const made = timelineScroll(frame.current, rows.current);
    scroll.current = made;
    made.go(view.place.get() ?? { at: 'latest' });
    return followSizes(frame.current, rows.current, made);
  }, [view]);
  useLayoutEffect(() => {
    scroll.current?.follow(!timeline.hasNewer);
    scroll.current?.keep();
  }, [timeline, newFromSeq]);
  useLayoutEffect(() => {
    if (place) scroll.current?.go(place);
  }, [place]);
  useEffect(() => {
    const look = () => {
      if (scroll.current && place) react(scroll.current.look());
    };
    look();
    const element = frame.current;
    element?.addEventListener('scroll', look, { passive: true });
    return () => element?.removeEventListener('scroll', look);
  }, [react, timeline, place]);
  return { frame, rows, away };
}

/** The composer grows, the panel opens, a phone turns: the reader's place stays. */
function followSizes(frame: HTMLElement, rows: HTMLElement, scroll: TimelineScroll): () => void {
  const observer = new ResizeObserver(() => scroll.keep());
  observer.observe(frame);
  observer.observe(rows);
  return () => observer.disconnect();
}

/** After a failure the edge is left alone for a while, or a broken connection would be asked with every frame. */
const patienceMs = 3000;

function useReaction({ handle, timeline, conversation }: Looked, setAway: (away: boolean) => void): (sight: Sight) => void {
  const { attention } = useApp();
  const isLooking = useStore(attention);
  const pausedUntil = useRef(0);
  return (sight) => {
    setAway(timeline.loaded && (sight.away || timeline.hasNewer));
    if (!timeline.loaded || timeline.messages.length === 0) return;
    const seen = sight.atEnd && !timeline.hasNewer ? conversation.lastSeq : sight.lastSeq;
    if (isLooking && seen !== null && seen > conversation.lastReadSeq) handle.markRead(seen);
    if (timeline.loading || Date.now() < pausedUntil.current) return;
    const more = sight.nearStart && timeline.hasOlder ? handle.loadOlder() : sight.nearEnd && timeline.hasNewer ? handle.loadNewer() : null;
    more?.catch(() => {
      pausedUntil.current = Date.now() + patienceMs;
    });
  };
}
