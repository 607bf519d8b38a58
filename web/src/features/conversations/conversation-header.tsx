import { ActionButton } from '../../app/action-button.tsx';
import { menuItems, perform } from '../../app/actions/perform.ts';
import { conversationActions } from '../../app/actions/registry.ts';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { chatRoute } from '../../app/routes.ts';
import { useNow } from '../../app/use-now.ts';
import { useMedia } from '../../shared/browser/use-media.ts';
import { Icon } from '../../shared/icons.tsx';
import type { Conversation } from '../../shared/model.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { IconButton } from '../../shared/ui/button.tsx';
import { MenuButton } from '../../shared/ui/menu-button.tsx';
import { showFiles } from '../files/actions/show-files.ts';
import { showMembers } from '../members/actions/show-members.ts';
import { useWithRule } from '../notifications/use-muted-now.ts';
import { usePresence } from '../people/people.ts';
import { searchMessages } from '../search/actions/search-messages.ts';
import { ConversationAvatar } from './conversation-avatar.tsx';
import { peerOf } from './conversation-title.ts';
import { HeaderTitle } from './header-title.tsx';
import { useClosedPeer } from './use-closed-peer.ts';
import { useTitle } from './use-title.ts';

export function ConversationHeader({ conversation }: { conversation: Conversation }) {
  const { muted } = useWithRule(conversation);
  const app = useApp();
  const { t, navigation } = app;
  const title = useTitle(conversation);
  const panel = useStore(navigation.panel);
  const isNarrow = useMedia('(max-width: 480px)');
  const inMenu = conversationActions.filter((action) => isNarrow || (action !== showMembers && action !== showFiles));
  const more = isNarrow ? menuItems(app, [searchMessages], undefined) : [];
  return (
    <header className="pane-header">
      <IconButton icon="back" label={t('back')} className="back-button" onClick={() => navigation.up(chatRoute(null))} />
      <ConversationAvatar conversation={conversation} title={title} size={36} />
      <div className="header-text">
        <h2 className="header-title">
          <HeaderTitle conversation={conversation} title={title} />
          {muted ? <Icon name="bellOff" size={15} /> : null}
        </h2>
        <HeaderLine conversation={conversation} />
      </div>
      {isNarrow || conversation.kind === 'direct' ? null : (
        <button
          type="button"
          className="header-members"
          aria-pressed={panel === 'members'}
          data-tip={t('action.showMembers')}
          aria-label={t('members.open', { count: conversation.memberCount })}
          onClick={() => void perform(app, showMembers, conversation)}
        >
          <Icon name="users" size={18} />
          <span aria-hidden="true">{conversation.memberCount}</span>
        </button>
      )}
      {isNarrow ? null : <ActionButton action={showFiles} subject={conversation} pressed={panel === 'files'} />}
      {isNarrow ? null : <ActionButton action={searchMessages} subject={undefined} pressed={panel === 'search'} />}
      <MenuButton label={t('conversation.menu')} items={[...more, ...menuItems(app, inMenu, conversation)]} />
    </header>
  );
}

/** Presence of the other one, or the topic. */
function HeaderLine({ conversation }: { conversation: Conversation }) {
  const { t, times } = useApp();
  const me = useMe();
  const peer = peerOf(conversation, me.id);
  const presence = usePresence(peer === me.id ? null : peer);
  const lastSeenAt = presence?.lastSeenAt ?? null;
  const when = useNow((now) => (lastSeenAt === null ? '' : times.brief(new Date(lastSeenAt), now)));
  const isClosed = useClosedPeer(conversation);
  if (isClosed) return <p className="header-line header-line-closed ellipsis">{t('person.closed')}</p>;
  if (peer === null) {
    const line = conversation.topic ?? t('members.count', { count: conversation.memberCount });
    return (
      <p className="header-line ellipsis" data-tip={conversation.topic ?? undefined}>
        {line}
      </p>
    );
  }
  if (!presence) return <p className="header-line ellipsis">{peer === me.id ? t('conversation.self.text') : ' '}</p>;
  const seen = presence.status === 'offline' && presence.lastSeenAt ? t('presence.lastSeen', { when }) : t(`presence.${presence.status}`);
  return <p className="header-line ellipsis">{presence.text ? `${seen} · ${presence.text}` : seen}</p>;
}
