import { useEffect } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { smallParts } from '../../app/late-parts.ts';
import { later } from '../../app/later.tsx';
import { partWith } from '../../app/part.ts';
import { RouteLink } from '../../app/route-link.tsx';
import { chatRoute } from '../../app/routes.ts';
import { hasScreenKeyboard } from '../../shared/browser/pointer.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { Empty } from '../../shared/ui/empty.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import type { Conversation } from '../../shared/model.ts';
import { Composer } from '../composer/composer.tsx';
import { Timeline } from '../messages/timeline.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { useClosedPeer } from './use-closed-peer.ts';
import './conversation-pane.css';

const WhoTypes = later(async () => (await smallParts()).WhoTypes);
const FilesPanel = later(() => partWith(['files'], async () => (await import('../files/files-panel.tsx')).FilesPanel));
const PinsPanel = later(() => partWith(['panels'], async () => (await import('../pins/pins-panel.tsx')).PinsPanel));
const MembersPanel = later(() => partWith(['panels'], async () => (await import('../members/members-panel.tsx')).MembersPanel));

/** The open conversation, or why there is none at this address. */
export function ConversationPane({ id }: { id: string }) {
  const { client, navigation, t } = useApp();
  const conversation = useStore(client.conversation(id).conversation);
  const listed = useStore(client.conversationsComplete);
  const panel = useStore(navigation.panel);
  if (!conversation) {
    return (
      <main className="conversation" id="conversation" tabIndex={-1} data-area>
        {listed ? <NotHere /> : <Skeleton label={t('loading')} rows={8} look="messages" />}
      </main>
    );
  }
  return (
    <>
      <OpenConversation conversation={conversation} />
      {panel === 'files' ? <FilesPanel conversation={conversation} /> : null}
      {panel === 'pins' ? <PinsPanel conversation={conversation} /> : null}
      {panel === 'members' ? <MembersPanel conversation={conversation} /> : null}
    </>
  );
}

function OpenConversation({ conversation }: { conversation: Conversation }) {
  const { t, client, navigation, views, ui } = useApp();
  const { id } = conversation;
  const isClosed = useClosedPeer(conversation);
  const seq = useSelected(navigation.route, (route) => (route.name === 'chat' && route.conversationId === id ? route.seq : null));
  const isConfirmed = useStore(client.conversation(id).isConfirmed);
  useEffect(() => {
    // What the device kept is shown at its end, and nothing of it counts as seen before the server has said what is new.
    if (!isConfirmed) {
      if (seq === null)
        void client
          .conversation(id)
          .openLatest()
          .catch(() => undefined);
      return;
    }
    // Read anew: how much was unread when the reader came is what the line marks.
    const now = client.conversation(id).conversation.get();
    if (now) void views.of(id).enter(now, seq);
  }, [client, views, id, seq, isConfirmed]);
  useEffect(() => () => views.of(id).leave(), [views, id]);
  useEffect(() => {
    void client
      .conversation(id)
      .loadMembers()
      .catch(() => undefined);
    if (!hasScreenKeyboard()) ui.focusComposer();
  }, [client, ui, id]);
  return (
    <main className="conversation" id="conversation" tabIndex={-1} data-area>
      <ConversationHeader conversation={conversation} />
      <Timeline conversation={conversation} />
      {/* Always there, so that nothing jumps when somebody starts to type. */}
      <p className="typing-line ellipsis" aria-live="polite">
        <WhoTypes conversationId={id} />
      </p>
      {isClosed ? <p className="closed-note">{t('person.closed.text')}</p> : <Composer conversation={conversation} />}
    </main>
  );
}

function NotHere() {
  const { t } = useApp();
  return (
    <Empty icon="compass" title={t('conversation.notFound.title')} text={t('conversation.notFound.text')}>
      <RouteLink to={chatRoute(null)} className="button button-plain">
        {t('conversation.notFound.back')}
      </RouteLink>
    </Empty>
  );
}
