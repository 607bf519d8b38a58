import { memo } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { RouteLink } from '../../app/route-link.tsx';
import { chatRoute } from '../../app/routes.ts';
import { Icon } from '../../shared/icons.tsx';
import type { Conversation } from '../../shared/model.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { previewOf } from '../../../../src/text/plain.ts';
import { Badge, capped } from '../../shared/ui/badge.tsx';
import { useNames, usePerson, usePresence } from '../people/people.ts';
import { peerOf } from './conversation-title.ts';
import { ConversationAvatar } from './conversation-avatar.tsx';
import { useTitle } from './use-title.ts';

/** One line of the list; drawn again only when its conversation changes. */
export const ConversationItem = memo(function ConversationItem({ conversation, open }: { conversation: Conversation; open: boolean }) {
  const { t, times } = useApp();
  const { id, muted, unread, mentions, lastMessage, createdAt } = conversation;
  const title = useTitle(conversation);
  const at = new Date(lastMessage?.createdAt ?? createdAt);
  return (
    <RouteLink to={chatRoute(id)} className="conversation-item" current={open} marks={{ unread: unread > 0 && !muted, muted }}>
      <ConversationAvatar conversation={conversation} title={title} size={40} />
      <span className="item-text">
        <span className="item-name">
          <span className="ellipsis">{title}</span>
          {muted ? <Icon name="bellOff" size={14} /> : null}
          {muted ? <span className="visually-hidden">{t('conversation.muted')}</span> : null}
          <PresenceWord conversation={conversation} />
        </span>
        <ItemPreview conversation={conversation} open={open} />
      </span>
      <span className="item-side">
        <time className="item-time" dateTime={at.toISOString()}>
          {lastMessage ? times.brief(at, new Date()) : ''}
        </time>
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
      </span>
    </RouteLink>
  );
});

/** What the dot says, for those who do not see it; after the name, which a reader wants first. */
function PresenceWord({ conversation }: { conversation: Conversation }) {
  const { t } = useApp();
  const me = useMe();
  const peer = peerOf(conversation, me.id);
  const presence = usePresence(peer === me.id ? null : peer);
  return presence ? <span className="visually-hidden">{t(`presence.${presence.status}`)}</span> : null;
}

/** What is being typed, else the own draft, else the last message. */
function ItemPreview({ conversation, open }: { conversation: Conversation; open: boolean }) {
  const { client, drafts, t } = useApp();
  const typing = useNames(useStore(client.conversation(conversation.id).typing));
  const draft = useSelected(drafts.of(conversation.id), ({ text }) => text);
  if (typing.length > 0)
    return (
      <span className="item-preview item-typing ellipsis">
        {typing.length === 1 ? t('typing.brief') : t('typing.several', { count: typing.length })}
      </span>
    );
  if (draft.trim() !== '' && !open) {
    return (
      <span className="item-preview ellipsis">
        <span className="item-draft">{t('draft')}</span> {previewOf(draft, 80)}
      </span>
    );
  }
  return <LastMessage conversation={conversation} />;
}

function LastMessage({ conversation: { kind, lastMessage } }: { conversation: Conversation }) {
  const { t } = useApp();
  const me = useMe();
  const sender = usePerson(lastMessage?.senderId ?? null);
  if (!lastMessage) return <span className="item-preview ellipsis">{t('conversation.noMessages')}</span>;
  const text = lastMessage.deletedAt ? t('message.deleted') : previewOf(lastMessage.text, 80, lastMessage.truncated);
  const isMine = lastMessage.senderId === me.id;
  const who = isMine ? t('you') : kind === 'direct' ? null : sender?.displayName.split(' ')[0];
  return (
    <span className="item-preview ellipsis">
      {who ? `${who}: ` : ''}
      {text}
    </span>
  );
}
