import { memo, useEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { actionFor, perform } from '../../app/actions/perform.ts';
import { messageActions } from '../../app/actions/registry.ts';
import { useApp } from '../../app/app-context.tsx';
import { smallParts } from '../../app/late-parts.ts';
import { later } from '../../app/later.tsx';
import { useMe } from '../../app/me.ts';
import type { Conversation, Message } from '../../shared/model.ts';
import { useSelected } from '../../shared/state/use-store.ts';
import type { Anchor } from '../../shared/ui/anchor.ts';
import { leaveEdit } from '../composer/edits.ts';
import { PersonAvatar } from '../people/person-avatar.tsx';
import { usePersonName } from '../people/people.ts';
import { MessageContent } from './message-content.tsx';
import './edited-row.css';
import { MessageTools } from './message-tools.tsx';
import type { TimelineItem } from './timeline-item.ts';
import { useMenuGesture } from './use-menu-gesture.ts';

const MessageMenu = later(async () => (await smallParts()).MessageMenu);
const ReactionPicker = later(async () => (await smallParts()).ReactionPicker);

export interface MessageRowProps {
  item: TimelineItem;
  first: boolean;
  conversation: Conversation;
  shown: boolean;
  editing: boolean;
}

export const MessageRow = memo(function MessageRow({ item, first, conversation, shown, editing }: MessageRowProps) {
  const { t, times, ui } = useApp();
  const me = useMe();
  const ref = useRef<HTMLElement>(null);
  const [active, activity] = useActivity();
  const [menu, setMenu] = useState<Anchor | null>(null);
  const name = usePersonName(item.senderId);
  const { message } = item;
  const reacting = useSelected(ui.reacting, (id) => message !== null && id === message.id);
  const gesture = useMenuGesture((at) => message && setMenu(at));
  useBroughtIntoView(ref, editing);
  const press = useMessageKeys(message, conversation, () => setMenu(ref.current));
  return (
    <article
      ref={ref}
      className="message"
      tabIndex={-1}
      aria-label={t('message.label', { name, time: times.clock(item.createdAt) })}
      data-seq={item.seq ?? undefined}
      data-first={first || undefined}
      data-mention={message?.mentions.includes(me.id) ? true : undefined}
      data-shown={shown || undefined}
      data-editing={editing || undefined}
      data-menu={menu !== null || reacting || undefined}
      data-state={item.entry?.state}
      {...activity}
      onKeyDown={press}
      {...gesture}
    >
      <Gutter item={item} first={first} name={name} />
      <div className="message-body">
        {first ? <Head item={item} name={name} focusable={active} /> : null}
        <MessageContent item={item} editing={editing} />
      </div>
      {message?.deletedAt === null ? (
        <MessageTools subject={{ message, conversation }} active={active || menu !== null} onMenu={setMenu} />
      ) : null}
      {menu && message ? <MessageMenu subject={{ message, conversation }} anchor={menu} onClose={() => setMenu(null)} /> : null}
      {reacting && message ? <ReactionPicker message={message} row={ref} /> : null}
    </article>
  );
});

/** The message whose edit has just begun may be out of sight; one that is drawn while it is edited leaves the reader where they are. */
function useBroughtIntoView(ref: RefObject<HTMLElement | null>, editing: boolean): void {
  const wasEditing = useRef(editing);
  useEffect(() => {
    if (editing && !wasEditing.current) ref.current?.scrollIntoView({ block: 'nearest' });
    wasEditing.current = editing;
  }, [ref, editing]);
}

/** Whether the row is pointed at or has the focus, which may leave while the pointer stays. */
function useActivity() {
  const [active, setActive] = useState(false);
  const isPointedAt = useRef(false);
  const point =
    (pointed: boolean) =>
    ({ pointerType }: PointerEvent) => {
      isPointedAt.current = pointed && pointerType === 'mouse';
      setActive(pointed);
    };
  const activity = {
    onPointerEnter: point(true),
    onPointerLeave: point(false),
    onFocus: () => setActive(true),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
      if (!currentTarget.contains(relatedTarget)) setActive(isPointedAt.current);
    },
  };
  return [active, activity] as const;
}

/** The sender, or on hover the time of a message that follows one of the same sender. */
function Gutter({ item, first, name }: { item: TimelineItem; first: boolean; name: string }) {
  const { times } = useApp();
  return (
    <div className="message-gutter">
      {first ? (
        <button type="button" className="person-link" data-person={item.senderId} tabIndex={-1} aria-label={name}>
          <PersonAvatar id={item.senderId} name={name} size={36} />
        </button>
      ) : (
        <time dateTime={item.createdAt.toISOString()} data-tip={times.full(item.createdAt)}>
          {times.clock(item.createdAt)}
        </time>
      )}
    </div>
  );
}

function Head({ item: { senderId, createdAt: at }, name, focusable }: { item: TimelineItem; name: string; focusable: boolean }) {
  const { times } = useApp();
  return (
    <div className="message-head">
      <button type="button" className="message-sender person-link ellipsis" data-person={senderId} tabIndex={focusable ? 0 : -1}>
        {name}
      </button>{' '}
      <time className="message-time" dateTime={at.toISOString()} data-tip={times.full(at)}>
        {times.clock(at)}
      </time>
    </div>
  );
}

/** While a message itself has the focus, its actions answer to their bare keys and Enter opens its menu. */
function useMessageKeys(
  message: Message | null,
  conversation: Conversation,
  openMenu: () => void,
): (event: KeyboardEvent<HTMLElement>) => void {
  const app = useApp();
  return (event) => {
    if (event.target !== event.currentTarget || !message) return;
    if (event.key === 'Enter') openMenu();
    else if (event.key === 'Escape') {
      leaveEdit(app, conversation.id);
      app.ui.focusComposer();
    } else {
      const action = actionFor(app, messageActions, { message, conversation }, event, false);
      if (!action) return;
      void perform(app, action, { message, conversation });
    }
    event.preventDefault();
    event.stopPropagation();
  };
}
