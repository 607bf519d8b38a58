import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useApp } from '../../app/app-context.tsx';
import type { Conversation, ConversationHandle, Timeline } from '../../shared/model.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { leaveMessageLink } from '../conversations/open-conversation.ts';
import { timelineScroll, type Sight, type TimelineScroll } from './timeline-scroll.ts';
import type { TimelineView } from './timeline-view.ts';
import { windowEdges, type WindowEdges } from './window-edges.ts';

export interface TimelineScrolling {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly rows: RefObject<HTMLDivElement | null>;
  /** The newest message is out of sight. */
  readonly away: boolean;
  readonly edges: WindowEdges;
  /** Asks again for the page that could not be read. */
  readonly retry: () => void;
}

interface Looked {
  readonly handle: ConversationHandle;
  readonly view: TimelineView;
  readonly timeline: Timeline;
  readonly conversation: Conversation;
}

/** Ties the scroll position to the window: keeps the place, reads more at the edges, and moves the read mark with what is seen. */
export function useTimelineScroll(looked: Looked): TimelineScrolling {
  const { handle, view, timeline } = looked;
  const frame = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const scroll = useRef<TimelineScroll | null>(null);
  const [away, setAway] = useState(false);
  const place = useStore(view.place);
  const newFromSeq = useStore(view.newFromSeq);
  const edges = useMemo(() => windowEdges(handle), [handle]);
  const { attention, navigation, views } = useApp();
  const isLooking = useStore(attention);
  const leaveLink = useCallback(() => leaveMessageLink({ navigation, views }, handle.id), [navigation, views, handle]);
  const look = useLook({ ...looked, isLooking }, { scroll, edges, setAway, leaveLink });

  useLayoutEffect(() => {
    if (!frame.current || !rows.current) return;
    const made = timelineScroll(frame.current, rows.current);
    scroll.current = made;
    made.go(view.place.get() ?? { at: 'latest' });
    const stop = followSizes(frame.current, rows.current, () => {
      made.keep();
      look();
    });
    return () => {
      stop();
      scroll.current = null;
    };
  }, [view, look]);
  useLayoutEffect(() => {
    scroll.current?.follow(!timeline.hasNewer);
    scroll.current?.keep();
  }, [timeline, newFromSeq]);
  useLayoutEffect(() => {
    if (place) scroll.current?.go(place);
  }, [place]);
  useEffect(look, [look, timeline, place, isLooking, looked.conversation]);
  useEffect(() => {
    const element = frame.current;
    element?.addEventListener('scroll', look, { passive: true });
    return () => element?.removeEventListener('scroll', look);
  }, [look]);
  return { frame, rows, away, edges, retry: useRetry(edges, look) };
}

/** The composer grows, the panel opens, a phone turns: the reader's place stays. */
function followSizes(frame: HTMLElement, rows: HTMLElement, onResize: () => void): () => void {
  const observer = new ResizeObserver(onResize);
  observer.observe(frame);
  observer.observe(rows);
  return () => observer.disconnect();
}

/** A page that failed is asked for again by hand, and by itself once the connection is back. */
function useRetry(edges: WindowEdges, look: () => void): () => void {
  const { client } = useApp();
  const isOnline = useSelected(client.connection, ({ status }) => status === 'online');
  const retry = useCallback(() => {
    edges.allow();
    look();
  }, [edges, look]);
  useEffect(() => {
    if (isOnline) retry();
  }, [isOnline, retry]);
  return retry;
}

interface Eyes {
  readonly scroll: RefObject<TimelineScroll | null>;
  readonly edges: WindowEdges;
  readonly setAway: (away: boolean) => void;
  readonly leaveLink: () => void;
}

/** Takes in what is on the screen now; the same function for as long as the conversation is open. */
function useLook(looked: Looked & { readonly isLooking: boolean }, { scroll, edges, setAway, leaveLink }: Eyes): () => void {
  const latest = useRef(looked);
  useLayoutEffect(() => {
    latest.current = looked;
  });
  return useCallback(() => {
    const sight = scroll.current?.look();
    const { view, timeline, isLooking } = latest.current;
    const place = view.place.get();
    if (!sight || place === null) return;
    if (place.at === 'seq' && scroll.current?.isFar(place.seq)) leaveLink();
    setAway(timeline.loaded && (sight.away || timeline.hasNewer));
    if (isLooking) markSeen(latest.current, sight);
    void readOn(scroll, edges);
  }, [scroll, edges, setAway, leaveLink]);
}

function markSeen({ handle, timeline, conversation }: Looked, sight: Sight): void {
  if (!timeline.loaded || timeline.messages.length === 0) return;
  const seen = sight.atEnd && !timeline.hasNewer ? conversation.lastSeq : sight.lastSeq;
  if (seen !== null && seen > conversation.lastReadSeq) handle.markRead(seen);
}

/** Page after page, for as long as an edge is near: where no further scroll is possible, none asks for the next one. */
async function readOn(scroll: RefObject<TimelineScroll | null>, edges: WindowEdges): Promise<void> {
  for (let more = true; more;) {
    const sight = scroll.current?.look();
    more = sight ? await edges.reach(sight) : false;
  }
}
