import { useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { PagedView } from '../../app/paged-view.tsx';
import { chatRoute } from '../../app/routes.ts';
import { failureText } from '../../shared/failure.ts';
import type { Conversation } from '../../shared/model.ts';
import { sortedPage } from '../../shared/state/paged-list.ts';
import { usePagedList, useRested } from '../../shared/state/use-paged-list.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TextField } from '../../shared/ui/field.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import '../people/people.css';

/** Almost every team has all of its channels on the first page. */
const channelsAtOnce = 200;

/** The public channels of the team, joined with one click. */
export function BrowseChannels({ onClose }: { onClose: () => void }) {
  const { byName, client, t } = useApp();
  const [words, setWords] = useState('');
  const query = useRested(words.trim());
  const paged = usePagedList<Conversation>(query, async (cursor) => {
    const page = await client.call(api.chat.browseChannels, { query, limit: channelsAtOnce, ...(cursor ? { cursor } : {}) });
    return sortedPage(page, (one, other) => byName(one.name ?? '', other.name ?? ''));
  });
  return (
    <Dialog title={t('action.browseChannels')} onClose={onClose}>
      <div className="stack">
        <TextField
          label={t('channels.search')}
          type="search"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          autoComplete="off"
        />
        <PagedView paged={paged} label={t('sidebar.channels')} none={t('channels.none')} className="people-list" waitingRows={5}>
          {(channel) => <ChannelRow key={channel.id} channel={channel} onClose={onClose} />}
        </PagedView>
      </div>
    </Dialog>
  );
}

function ChannelRow({ channel, onClose }: { channel: Conversation; onClose: () => void }) {
  const { client, navigation, t } = useApp();
  const isMember = channel.role !== null;
  const name = channel.name ?? '';
  const { busy, failure, onSubmit } = useSubmit(async () => {
    if (!isMember) await client.call(api.chat.joinConversation, { conversationId: channel.id });
    return () => {
      onClose();
      navigation.go(chatRoute(channel.id));
    };
  });
  return (
    <li className="person">
      <Avatar id={channel.id} name={name} size={36} icon="hash" src={channel.avatarUrl} />
      <span className="person-text">
        <span className="person-name ellipsis">{name}</span>
        <span className="person-line ellipsis">
          {failure
            ? failureText(t, failure)
            : [t('members.count', { count: channel.memberCount }), channel.topic].filter(Boolean).join(' · ')}
        </span>
      </span>
      <Button
        look={isMember ? 'plain' : 'primary'}
        busy={busy}
        aria-label={t(isMember ? 'channels.openNamed' : 'channels.joinNamed', { name })}
        onClick={() => onSubmit()}
      >
        {t(isMember ? 'channels.open' : 'channels.join')}
      </Button>
    </li>
  );
}
