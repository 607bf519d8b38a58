import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { perform } from '../../app/actions/perform.ts';
import { useApp } from '../../app/app-context.tsx';
import { smallParts } from '../../app/late-parts.ts';
import { later } from '../../app/later.tsx';
import { useMe } from '../../app/me.ts';
import { Icon } from '../../shared/icons.tsx';
import { failureText } from '../../shared/failure.ts';
import type { Conversation, Timeline as TimelineState } from '../../shared/model.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Empty } from '../../shared/ui/empty.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { capped } from '../../shared/ui/badge.tsx';
import { jumpToLatest } from '../conversations/actions/jump-to-latest.ts';
import { useTitle } from '../conversations/use-title.ts';
import { lastMeans } from './last-means.ts';
import { timelineItems, type TimelineItem } from './timeline-item.ts';
import { TimelineRow } from './timeline-row.tsx';
import { timelineRows, type Row } from './timeline-rows.ts';
import type { TimelineScroll } from './timeline-scroll.ts';
import { TimelineStart } from './timeline-start.tsx';
import type { TimelineView } from './timeline-view.ts';
import { useTimelineScroll, type TimelineScrolling } from './use-timeline-scroll.ts';
import { WindowEdge } from './window-edge.tsx';
import './timeline.css';

const SeenBy = later(async () => (await smallParts()).SeenBy);

/** The messages of the open conversation. */
export function Timeline({ conversation }: { conversation: Conversation }) {
  const { client, views, t } = useApp();
  const title = useTitle(conversation);
  const handle = client.conversation(conversation.id);
  const view = views.of(conversation.id);
  const timeline = useStore(handle.timeline);
  const { messages, pending, loaded, hasOlder, hasNewer } = timeline;
  const { rows, apart } = useRows(timeline, view);
  const scrolling = useTimelineScroll({ handle, view, timeline, conversation, rows });
  useNewLine(conversation.id, scrolling.away);
  useTakeUpAgain(conversation);
  return (
    <div className="timeline-frame">
      <div
        ref={scrolling.frame}
        className="timeline"
        role="log"
        aria-live="off"
        aria-label={t('timeline.label', { name: title })}
        tabIndex={0}
        onKeyDown={(event) => moveBetweenMessages(event, scrolling.scroll)}
        {...lastMeans}
      >
        {loaded ? null : <NotLoaded conversation={conversation} />}
        <div ref={scrolling.content} className="timeline-content">
          {loaded && hasOlder ? <WindowEdge side="older" scrolling={scrolling} /> : null}
          {loaded && !hasOlder ? <TimelineStart conversation={conversation} title={title} /> : null}
          <Rows scrolling={scrolling} conversation={conversation} view={view} />
          {hasNewer ? <WindowEdge side="newer" scrolling={scrolling} /> : null}
          {apart.map((row) => (
            <TimelineRow key={row.key} row={row} conversation={conversation} shown={false} editing={false} />
          ))}
          {hasNewer || pending.length > 0 ? null : <SeenBy conversation={conversation} last={messages.at(-1)} />}
        </div>
      </div>
      {scrolling.away ? <JumpToLatest conversation={conversation} /> : null}
    </div>
  );
}

/** What is drawn of the messages, with gaps for the others. */
function Rows({
  scrolling: { list, pieces, scroll },
  conversation,
  view,
}: {
  scrolling: TimelineScrolling;
  conversation: Conversation;
  view: TimelineView;
}) {
  const { drafts } = useApp();
  const shownSeq = useStore(view.shownSeq);
  const editedId = useSelected(drafts.of(conversation.id), ({ edit }) => edit?.messageId ?? null);
  useRevealed(scroll, editedId);
  return (
    <div ref={list} className="timeline-rows" onAnimationEnd={({ animationName }) => animationName === 'shown' && view.wasShown()}>
      {pieces.map((piece) =>
        piece.row === 'gap' ? (
          <div key={piece.key} data-gap style={{ height: piece.px }} />
        ) : (
          <TimelineRow
            key={piece.key}
            row={piece}
            conversation={conversation}
            shown={isShown(piece, shownSeq)}
            editing={isEdited(piece, editedId)}
          />
        ),
      )}
    </div>
  );
}

interface AllRows {
  readonly rows: readonly Row<TimelineItem>[];
  /** What waits to be sent, where the window ends before the log does: newer messages are missing in between. */
  readonly apart: readonly Row<TimelineItem>[];
}

function useRows({ messages, pending, hasNewer }: TimelineState, view: TimelineView): AllRows {
  const { clock } = useApp();
  const me = useMe();
  const newFromSeq = useStore(view.newFromSeq);
  // Days begin elsewhere in another time zone.
  const zone = useSelected(clock, (moment) => moment.zone);
  return useMemo(
    () => ({
      rows: timelineRows(timelineItems(messages, hasNewer ? [] : pending, me.id), newFromSeq),
      apart: hasNewer ? timelineRows(timelineItems([], pending, me.id), null) : [],
    }),
    [messages, pending, hasNewer, me.id, newFromSeq, zone],
  );
}

const isShown = (row: Row<TimelineItem>, seq: number | null): boolean => row.row === 'message' && seq !== null && row.item.seq === seq;

const isEdited = (row: Row<TimelineItem>, editedId: string | null): boolean =>
  row.row === 'message' && editedId !== null && row.item.message?.id === editedId;

/** The message whose edit has just begun may not be on the page. */
function useRevealed(scroll: TimelineScroll, editedId: string | null): void {
  const before = useRef(editedId);
  useEffect(() => {
    if (editedId !== null && before.current !== editedId) scroll.reveal(editedId);
    before.current = editedId;
  }, [scroll, editedId]);
}

/** What comes while nobody looks, or below the screen, gets the line. */
function useNewLine(conversationId: string, away: boolean): void {
  const { client, views, attention } = useApp();
  useEffect(
    () =>
      client.on('message', (message) => {
        if (message.conversationId === conversationId && (away || !attention.get())) views.of(conversationId).markNewFrom(message.seq);
      }),
    [client, views, attention, conversationId, away],
  );
}

/** A conversation that could not be read is read once the connection is back. */
function useTakeUpAgain(conversation: Conversation): void {
  const { client, views } = useApp();
  const { status } = useStore(client.connection);
  const view = views.of(conversation.id);
  useEffect(() => {
    if (status === 'online' && view.failure.get() !== null) void view.enter(conversation, null);
  }, [status, view, conversation]);
}

function NotLoaded({ conversation }: { conversation: Conversation }) {
  const { views, t } = useApp();
  const view = views.of(conversation.id);
  const failure = useStore(view.failure);
  if (!failure) return <Skeleton label={t('loading')} rows={8} look="messages" />;
  return (
    <Empty icon="alert" title={t('timeline.failed')} text={failureText(t, failure)}>
      <Button icon="retry" onClick={() => void view.enter(conversation, null)}>
        {t('action.retry')}
      </Button>
    </Empty>
  );
}

function JumpToLatest({ conversation }: { conversation: Conversation }) {
  const app = useApp();
  const { t } = app;
  const { unread } = conversation;
  return (
    <button
      type="button"
      className="jump-latest"
      data-tip={t('action.jumpToLatest')}
      aria-label={unread > 0 ? t('timeline.jumpUnread', { count: unread }) : t('action.jumpToLatest')}
      onClick={() => void perform(app, jumpToLatest, conversation)}
    >
      {unread > 0 ? <span aria-hidden="true">{capped(unread)}</span> : null}
      <Icon name="down" size={18} />
    </button>
  );
}

/** Arrows walk through the messages; each has its own keys while it has the focus. */
function moveBetweenMessages(event: KeyboardEvent<HTMLElement>, scroll: TimelineScroll): void {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
  const target = event.target as HTMLElement;
  if (event.altKey || event.ctrlKey || event.metaKey || (target !== event.currentTarget && !target.matches('.message'))) return;
  scroll.comeTo(target);
  const messages = [...event.currentTarget.querySelectorAll<HTMLElement>('.message')];
  const at = messages.indexOf(target);
  const next = at === -1 ? lastOnScreen(event.currentTarget, messages) : messages[at + (event.key === 'ArrowUp' ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

function lastOnScreen(frame: HTMLElement, messages: readonly HTMLElement[]): HTMLElement | undefined {
  const { bottom } = frame.getBoundingClientRect();
  return messages.findLast((message) => message.getBoundingClientRect().top < bottom) ?? messages[0];
}
