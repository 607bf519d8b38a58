import type { ReactNode } from 'react';
import { ActionButton } from '../../app/action-button.tsx';
import { useApp } from '../../app/app-context.tsx';
import { perform } from '../../app/actions/perform.ts';
import type { Conversation } from '../../shared/model.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Empty } from '../../shared/ui/empty.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { browseChannels } from './actions/browse-channels.ts';
import { newConversation } from './actions/new-conversation.ts';
import { ConversationItem } from './conversation-item.tsx';
import type { ConversationSections } from './conversation-list.ts';

export interface ConversationSectionsProps {
  sections: ConversationSections;
  openId: string | null;
  loading: boolean;
  /** A filter is on: what is missing is not missing altogether. */
  filtered: boolean;
}

/** Channels, then people and groups. */
export function ConversationSectionsView({ sections, openId, loading, filtered }: ConversationSectionsProps) {
  const { t } = useApp();
  const { channels, messages } = sections;
  if (loading && channels.length + messages.length === 0) {
    return (
      <div className="conversation-list">
        <Skeleton label={t('loading')} rows={7} />
      </div>
    );
  }
  if (filtered && channels.length + messages.length === 0) {
    return (
      <div className="conversation-list">
        <Empty title={t('sidebar.nothingFound')}>
          <NewConversationButton />
        </Empty>
      </div>
    );
  }
  return (
    <nav className="conversation-list" aria-label={t('sidebar.conversations')}>
      <Section
        title={t('sidebar.channels')}
        items={channels}
        openId={openId}
        hidden={filtered && channels.length === 0}
        tool={<ActionButton action={browseChannels} subject={undefined} size={16} />}
      />
      <Section title={t('sidebar.messages')} items={messages} openId={openId} hidden={filtered && messages.length === 0}>
        {!filtered && messages.length === 0 ? (
          <div className="list-empty">
            <p className="muted">{t('sidebar.noMessages')}</p>
            <NewConversationButton />
          </div>
        ) : null}
      </Section>
    </nav>
  );
}

function NewConversationButton() {
  const app = useApp();
  return (
    <Button icon={newConversation.icon} onClick={() => void perform(app, newConversation, undefined)}>
      {app.t(newConversation.label)}
    </Button>
  );
}

function Section({
  title,
  items,
  openId,
  hidden,
  tool,
  children,
}: {
  title: string;
  items: readonly Conversation[];
  openId: string | null;
  hidden: boolean;
  tool?: ReactNode;
  children?: ReactNode;
}) {
  if (hidden) return null;
  return (
    <section>
      <div className="list-section">
        <h2 className="list-section-title">{title}</h2>
        {tool}
      </div>
      <ul>
        {items.map((conversation) => (
          <li key={conversation.id}>
            <ConversationItem conversation={conversation} open={conversation.id === openId} />
          </li>
        ))}
      </ul>
      {children}
    </section>
  );
}
