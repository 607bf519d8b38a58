import { useRef, type ReactNode } from 'react';
import { ActionButton } from '../../app/action-button.tsx';
import { perform } from '../../app/actions/perform.ts';
import { useApp } from '../../app/app-context.tsx';
import { smallParts } from '../../app/late-parts.ts';
import { later } from '../../app/later.tsx';
import { useNarrow } from '../../shared/browser/screen.ts';
import { Icon } from '../../shared/icons.tsx';
import type { Conversation } from '../../shared/model.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Empty } from '../../shared/ui/empty.tsx';
import { useRoving } from '../../shared/ui/roving.ts';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { browseChannels } from './actions/browse-channels.ts';
import { newConversation } from './actions/new-conversation.ts';
import { ConversationItem } from './conversation-item.tsx';
import { inOrder } from './conversation-list.ts';
import { sectionIds, type ConversationSections, type SectionId } from './conversation-order.ts';
import { toggled } from './list-state.ts';
import { RowMenu, useRowMenu } from './row-menu.tsx';

export interface ConversationSectionsProps {
  sections: ConversationSections;
  openId: string | null;
  loading: boolean;
  /** A filter is on: what is missing is not missing altogether. */
  filtered: boolean;
}

const UnreadPills = later(async () => (await smallParts()).UnreadPills);

/** What is unread, channels, then people and groups. */
export function ConversationSectionsView({ sections, openId, loading, filtered }: ConversationSectionsProps) {
  const { list: state, t } = useApp();
  // Rows that come back take their place in the tab order.
  useStore(state.collapsed);
  const list = useRef<HTMLElement>(null);
  const roving = useRoving(list, 'a.conversation-item, .list-section button');
  const menu = useRowMenu();
  const isEmpty = inOrder(sections).length === 0;
  if (isEmpty && (loading || filtered)) {
    return (
      <div className="conversation-list">
        {loading ? (
          <Skeleton label={t('loading')} rows={7} />
        ) : (
          <Empty title={t('sidebar.nothingFound')}>
            <NewConversationButton />
          </Empty>
        )}
      </div>
    );
  }
  return (
    <div className="list-frame">
      <nav ref={list} className="conversation-list" aria-label={t('sidebar.conversations')} data-area {...roving} onContextMenu={menu.open}>
        {sectionIds.map((id) => (
          <Section
            key={id}
            id={id}
            items={sections[id]}
            openId={openId}
            filtered={filtered}
            isOffered={!filtered && isOffered(id, sections)}
          />
        ))}
      </nav>
      <UnreadPills list={list} sections={sections} />
      {menu.row ? <RowMenu row={menu.row} onClose={menu.close} /> : null}
    </div>
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

/** People and groups that are all among the unread ones are not missing. */
const isOffered = (id: SectionId, { unread }: ConversationSectionsProps['sections']): boolean =>
  id === 'channels' || (id !== 'unread' && unread.every(({ kind }) => kind === 'channel'));

function Section({
  id,
  items,
  openId,
  filtered,
  isOffered,
}: {
  id: SectionId;
  items: readonly Conversation[];
  openId: string | null;
  filtered: boolean;
  /** Stands there with an invitation to begin while it is empty. */
  isOffered: boolean;
}) {
  const { list } = useApp();
  const isCollapsed = useStore(list.collapsed).includes(id) && !filtered;
  const isNarrow = useNarrow();
  if (items.length === 0 && !isOffered) return null;
  const shown = isCollapsed ? items.filter((conversation) => conversation.id === openId) : items;
  return (
    <section>
      <SectionHead id={id} count={items.length} collapsed={isCollapsed}>
        {id === 'channels' ? <ActionButton action={browseChannels} subject={undefined} size={16} /> : null}
      </SectionHead>
      <ul>
        {shown.map((conversation) => (
          <li key={conversation.id}>
            <ConversationItem conversation={conversation} open={conversation.id === openId} detailed={isNarrow} />
          </li>
        ))}
      </ul>
      {id === 'direct' && items.length === 0 ? <NoDirect /> : null}
    </section>
  );
}

const titles = { unread: 'sidebar.unread', channels: 'sidebar.channels', direct: 'sidebar.messages' } as const;

function SectionHead({ id, count, collapsed, children }: { id: SectionId; count: number; collapsed: boolean; children: ReactNode }) {
  const { list, t } = useApp();
  return (
    <div className="list-section">
      <h2 className="list-section-title">
        <button
          type="button"
          className="list-section-toggle"
          aria-expanded={!collapsed}
          onClick={() => list.collapsed.update((before) => toggled(before, id))}
        >
          <Icon name={collapsed ? 'next' : 'expanded'} size={14} />
          {t(titles[id])}
          {collapsed ? <span className="muted">{count}</span> : null}
        </button>
      </h2>
      {children}
    </div>
  );
}

function NoDirect() {
  const { t } = useApp();
  return (
    <div className="list-empty">
      <p className="muted">{t('sidebar.noMessages')}</p>
      <NewConversationButton />
    </div>
  );
}
