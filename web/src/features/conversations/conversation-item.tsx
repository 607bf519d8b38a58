import { memo } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { RouteLink } from '../../app/route-link.tsx';
import { chatRoute } from '../../app/routes.ts';
import { Icon } from '../../shared/icons.tsx';
import type { Conversation } from '../../shared/model.ts';
import { useSelected } from '../../shared/state/use-store.ts';
import { Badge, capped } from '../../shared/ui/badge.tsx';
import { usePresence } from '../people/people.ts';
import { ConversationAvatar } from './conversation-avatar.tsx';
import { peerOf } from './conversation-title.ts';
import { ItemPreview, ItemTime } from './item-preview.tsx';
import { useClosedPeer } from './use-closed-peer.ts';
import { useTitle } from './use-title.ts';

export interface ConversationItemProps {
  conversation: Conversation;
  open: boolean;
  /** With a second line, as a phone has the room for. */
  detailed: boolean;
}

/** One row of the list; drawn again only when its conversation changes. */
export const ConversationItem = memo(function ConversationItem({ conversation, open, detailed }: ConversationItemProps) {
  const { id, muted, unread, mentions } = conversation;
  const title = useTitle(conversation);
  const isClosed = useClosedPeer(conversation);
  const marks = { unread: mentions > 0 || (unread > 0 && !muted), muted, closed: isClosed };
  return (
    <RouteLink
      to={chatRoute(id)}
      className="conversation-item"
      current={open}
      marks={marks}
      conversationId={id}
      spoken={useSpoken(conversation, title)}
    >
      <ConversationAvatar conversation={conversation} title={title} size={detailed ? 36 : 24} bare={!detailed} />
      <span className="item-text">
        <span className="item-name">
          <span className="ellipsis">{title}</span>
          {muted ? <Icon name="bellOff" size={14} /> : null}
          {isClosed ? <Icon name="userOff" size={14} /> : null}
          {detailed ? null : <ActivityMark conversation={conversation} open={open} />}
        </span>
        {detailed ? <ItemPreview conversation={conversation} open={open} /> : null}
      </span>
      <span className="item-side">
        {detailed ? <ItemTime conversation={conversation} /> : null}
        <ItemBadges conversation={conversation} />
      </span>
    </RouteLink>
  );
});

function ItemBadges({ conversation: { mentions, unread, muted } }: { conversation: Conversation }) {
  const { t } = useApp();
  return (
    <span className="item-badges">
      {mentions > 0 ? (
        <Badge look="mention" label={t('badge.mentions', { count: mentions })}>
          @
        </Badge>
      ) : null}
      {unread > 0 ? (
        <Badge look={muted ? 'quiet' : 'accent'} label={t('badge.unread', { count: unread })}>
          {capped(unread)}
        </Badge>
      ) : null}
    </span>
  );
}

/** In a row of one line: that somebody writes there, or that the reader has begun to. */
function ActivityMark({ conversation: { id }, open }: { conversation: Conversation; open: boolean }) {
  const { client, drafts, t } = useApp();
  const isTyping = useSelected(client.conversation(id).typing, (typing) => typing.length > 0);
  const hasDraft = useSelected(drafts.of(id), ({ text }) => text.trim() !== '');
  if (isTyping)
    return (
      <span className="item-activity item-typing">
        <span className="typing-dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
        <span className="visually-hidden">{t('typing.brief')}</span>
      </span>
    );
  if (!hasDraft || open) return null;
  return (
    <span className="item-activity item-draft" data-tip={t('draft')}>
      <Icon name="pencil" size={14} />
      <span className="visually-hidden">{t('draft')}</span>
    </span>
  );
}

/** What a screen reader says of a row, the most important first. */
function useSpoken(conversation: Conversation, title: string): string {
  const { drafts, t } = useApp();
  const { id, muted, unread, mentions } = conversation;
  const me = useMe();
  const peer = peerOf(conversation, me.id);
  const status = usePresence(peer === me.id ? null : peer)?.status;
  const isClosed = useClosedPeer(conversation);
  const hasDraft = useSelected(drafts.of(id), ({ text }) => text.trim() !== '');
  const parts = [
    title,
    isClosed ? t('person.closed') : status && t(`presence.${status}`),
    mentions > 0 && t('badge.mentions', { count: mentions }),
    unread > 0 && t('badge.unread', { count: unread }),
    muted && t('conversation.muted'),
    hasDraft && t('draft.spoken'),
  ];
  return parts.filter(Boolean).join(', ');
}
