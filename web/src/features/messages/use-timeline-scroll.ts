import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useApp } from '../../app/app-context.tsx';
import type { Conversation, ConversationHandle, Timeline } from '../../shared/model.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { leaveMessageLink } from '../conversations/open-conversation.ts';
import type { TimelineItem } from './timeline-item.ts';
import type { Row } from './timeline-rows.ts';
import { type Pieces, type Sight, TimelineScroll } from './timeline-scroll.ts';
import type { TimelineView } from './timeline-view.ts';
import { windowEdges, type WindowEdges } from './window-edges.ts';

export interface TimelineScrolling {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly list: RefObject<HTMLDivElement | null>;
  /** What stands in the list. */
  readonly pieces: Pieces;
  readonly scroll: TimelineScroll;
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
  readonly rows: readonly Row<TimelineItem>[];
}

/** Ties the scroll position to the window: keeps the place, reads more at the edges, and moves the read mark with what is seen. */
export function useTimelineScroll(looked: Looked): TimelineScrolling {
  const { handle, view, timeline } = looked;
  const [scroll] = useState(() => new TimelineScroll());
  const [away, setAway] = useState(false);
  const edges = useMemo(() => windowEdges(handle), [handle]);
  const { attention, navigation, views } = useApp();
  const isLooking = useStore(attention);
  const leaveLink = useCallback(() => leaveMessageLink({ navigation, views }, handle.id), [navigation, views, handle]);
  const look = useLook({ ...looked, isLooking }, { scroll, edges, setAway, leaveLink });
  const drawn = useDrawn(looked, scroll, look);
  const place = useStore(view.place);
  useEffect(look, [look, timeline, drawn.pieces, place, isLooking, looked.conversation]);
  return { ...drawn, scroll, away, edges, retry: useRetry(edges, look) };
}

/** What is drawn of the rows, and where the frame over it stands. */
function useDrawn({ view, timeline, rows }: Looked, scroll: TimelineScroll, look: () => void) {
  const frame = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const pieces = useStore(scroll.pieces);
  const place = useStore(view.place);
  const newFromSeq = useStore(view.newFromSeq);
  useLayoutEffect(() => {
    if (!frame.current || !content.current || !list.current) return;
    const { current: element } = frame;
    const detach = scroll.attach(element, list.current);
    const stop = followSizes(element, content.current, () => {
      scroll.keep();
      look();
    });
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      detach();
      stop();
      element.removeEventListener('scroll', look);
    };
  }, [scroll, look]);
  useLayoutEffect(() => scroll.put(rows, !timeline.hasNewer), [scroll, rows, timeline.hasNewer]);
  useLayoutEffect(() => {
    if (place) scroll.go(place);
  }, [scroll, place]);
  useLayoutEffect(() => scroll.shown(pieces), [scroll, pieces, timeline, newFromSeq]);
  return { frame, content, list, pieces };
}

/** The composer grows, the panel opens, a phone turns: the reader's place stays. */
function followSizes(frame: HTMLElement, content: HTMLElement, onResize: () => void): () => void {
  const observer = new ResizeObserver(onResize);
  observer.observe(frame);
  observer.observe(content);
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
  readonly scroll: TimelineScroll;
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
    const sight = scroll.look();
    const { view, timeline, isLooking } = latest.current;
    const place = view.place.get();
    if (!sight || place === null) return;
    if (place.at === 'seq' && scroll.isFar(place.seq)) leaveLink();
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
async function readOn(scroll: TimelineScroll, edges: WindowEdges): Promise<void> {
  for (let more = true; more;) {
    const sight = scroll.look();
    more = sight ? await edges.reach(sight) : false;
  }
}
