import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { smallParts } from '../../app/late-parts.ts';
import { later } from '../../app/later.tsx';
import { chatRoute } from '../../app/routes.ts';
import { isInputMethod } from '../../shared/browser/input-method.ts';
import { Icon } from '../../shared/icons.tsx';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { OwnMenu } from './own-menu.tsx';
import { ConversationSectionsView } from './conversation-sections.tsx';
import { inOrder, sectionsOf } from './conversation-list.ts';
import { ActionButton } from '../../app/action-button.tsx';
import { useHeldBack } from '../notifications/use-muted-now.ts';
import { newConversation } from './actions/new-conversation.ts';
import { searchMessages } from '../search/actions/search-messages.ts';
import './conversation-list.css';

const Bell = later(async () => (await smallParts()).Bell);

/** Everything the user takes part in, and the way to everything else. */
export function Sidebar({ openId }: { openId: string | null }) {
  const app = useApp();
  const { client, team, t } = app;
  const conversations = useStore(client.conversations);
  const loaded = useStore(client.conversationsLoaded);
  const people = useStore(client.people);
  const unknown = useStore(client.unknownPeople);
  const teamName = useSelected(team.state, (state) => state.team?.name ?? '');
  const [words, setWords] = useState('');
  const wanted = useDeferredValue(words);
  const heldBack = useHeldBack();
  const sections = useMemo(() => sectionsOf(app, wanted), [app, conversations, people, unknown, openId, wanted, heldBack]);
  return (
    <aside className="shell-side" aria-label={t('sidebar.label')}>
      <header className="side-header">
        <h1 className="side-team ellipsis">{teamName}</h1>
        <ActionButton action={searchMessages} subject={undefined} />
        <Bell />
        <ActionButton action={newConversation} subject={undefined} />
      </header>
      <ListFilter words={words} onChange={setWords} first={inOrder(sections)[0]?.id} />
      <ConversationSectionsView
        sections={sections}
        openId={openId}
        loading={!loaded && conversations.length === 0}
        filtered={wanted.trim() !== ''}
      />
      <OwnMenu />
    </aside>
  );
}

function ListFilter({ words, first, onChange }: { words: string; first: string | undefined; onChange: (words: string) => void }) {
  const { ui, navigation, t } = useApp();
  const ref = useRef<HTMLInputElement>(null);
  const asked = useStore(ui.filterFocus);
  useEffect(() => {
    if (asked > 0) ref.current?.focus();
  }, [asked]);
  const press = (event: KeyboardEvent) => {
    if (isInputMethod(event.nativeEvent)) return;
    if (event.key === 'Escape' && words !== '') onChange('');
    else if (event.key === 'Enter' && first && words.trim() !== '') {
      navigation.go(chatRoute(first));
      onChange('');
    } else return;
    event.preventDefault();
  };
  return (
    <div className="list-search">
      <Icon name="search" size={16} />
      <input
        ref={ref}
        type="search"
        value={words}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={press}
        placeholder={t('sidebar.filter')}
        aria-label={t('sidebar.filter')}
      />
    </div>
  );
}
