import { useEffect, useRef } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { SidePanel } from '../../app/side-panel.tsx';
import { failureText } from '../../shared/failure.ts';
import type { Message } from '../../shared/model.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { Empty, Notice } from '../../shared/ui/empty.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { Segments } from '../../shared/ui/segments.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { useTitle } from '../conversations/use-title.ts';
import { FoundMessage } from '../messages/found-message.tsx';
import { excerptOf } from './highlight.ts';
import { Highlighted } from './highlighted.tsx';
import { moveInResults } from './move-in-results.ts';
import './search.css';

/** Search over messages, beside the conversation; a result takes the reader to its place. */
export function MessageSearchPanel({ openId }: { openId: string | null }) {
  const { search, t } = useApp();
  const question = useStore(search.question);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
  }, []);
  useWordsInAddress();
  const isHere = question.conversationId !== null && question.conversationId === openId;
  return (
    <SidePanel title={t('search.title')} onKey={moveInResults}>
      <div className="search-form" role="search">
        <input
          ref={input}
          className="input"
          type="search"
          value={question.text}
          maxLength={200}
          onChange={(event) => search.question.set({ ...question, text: event.target.value })}
          placeholder={t('search.hint')}
          aria-label={t('search.title')}
        />
        {openId ? (
          <Segments
            label={t('search.where')}
            chosen={isHere ? 'here' : 'all'}
            onChoose={(where) => search.question.set({ ...question, conversationId: where === 'here' ? openId : null })}
            segments={[
              { id: 'all', label: t('search.everywhere') },
              { id: 'here', label: t('search.here') },
            ]}
          />
        ) : null}
      </div>
      <Results />
    </SidePanel>
  );
}

/** A reload, and Back to the panel, find what was searched for there. */
function useWordsInAddress(): void {
  const { navigation, search } = useApp();
  const asked = useStore(navigation.words);
  const text = useSelected(search.question, (question) => question.text.trim());
  useEffect(() => {
    if (asked !== '' && search.question.get().text === '') search.question.update((question) => ({ ...question, text: asked }));
  }, [asked, search]);
  useEffect(() => {
    const timer = setTimeout(() => navigation.keepWords(text), restMs);
    return () => clearTimeout(timer);
  }, [navigation, text]);
}

/** Browsers refuse too many changes of the address in a short time. */
const restMs = 500;

function Results() {
  const { search, t } = useApp();
  const text = useSelected(search.question, (question) => question.text.trim());
  const { items, status, failure, nextCursor } = useStore(search.results.state);
  if (text === '') return <Empty icon="search" title={t('search.start')} text={t('search.start.text')} />;
  return (
    <div className="panel-body panel-list">
      {status === 'failed' ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
      {status === 'loading' && items.length === 0 ? <Skeleton label={t('loading')} rows={5} /> : null}
      {status === 'ready' && items.length === 0 ? <Empty title={t('search.none')} text={t('search.none.text')} /> : null}
      <p className="visually-hidden" role="status">
        {status === 'ready' ? t('search.found', { count: items.length }) : ''}
      </p>
      <ul aria-label={t('search.results')}>
        {items.map((message) => (
          <Result key={message.id} message={message} words={text} />
        ))}
      </ul>
      <MoreButton shown={nextCursor !== null} busy={status === 'loading'} label={t('showMore')} onMore={() => void search.results.more()} />
    </div>
  );
}

function Result({ message, words }: { message: Message; words: string }) {
  return (
    <li>
      <FoundMessage message={message} where={<Where conversationId={message.conversationId} />}>
        <Highlighted text={excerptOf(message.text, words, 160)} words={words} />
      </FoundMessage>
    </li>
  );
}

function Where({ conversationId }: { conversationId: string }) {
  const { client } = useApp();
  const conversation = useStore(client.conversation(conversationId).conversation);
  return conversation ? <WhereTitle conversation={conversation} /> : null;
}

function WhereTitle({ conversation }: { conversation: Parameters<typeof useTitle>[0] }) {
  const title = useTitle(conversation);
  return <span className="search-result-where ellipsis">{conversation.kind === 'channel' ? `# ${title}` : title}</span>;
}
