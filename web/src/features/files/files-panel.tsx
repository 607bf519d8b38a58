import { useEffect, useState } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { SidePanel } from '../../app/side-panel.tsx';
import { failureText } from '../../shared/failure.ts';
import type { Conversation, FileKind } from '../../shared/model.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { Empty, Notice } from '../../shared/ui/empty.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { Select } from '../../shared/ui/select-field.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { nameOf } from '../people/person-name.ts';
import { FileRuns } from './file-runs.tsx';
import type { FileFilter } from './listed-files.ts';
import { useFiles } from './use-files.ts';
import './files-panel.css';

const kinds = ['image', 'video', 'audio', 'other'] as const satisfies readonly FileKind[];
const unfiltered: FileFilter = { kind: null, senderId: null };

/** The files of the open conversation, the newest first. */
export function FilesPanel({ conversation }: { conversation: Conversation }) {
  const { t } = useApp();
  const [filter, setFilter] = useState(unfiltered);
  return (
    <SidePanel title={t('filesPanel.title')}>
      <div className="files-filter">
        <Select
          label={t('filesPanel.kind')}
          value={filter.kind ?? 'all'}
          options={(['all', ...kinds] as const).map((value) => ({ value, label: t(`filesPanel.kind.${value}`) }))}
          onChoose={(value) => setFilter({ ...filter, kind: value === 'all' ? null : value })}
        />
        <SenderSelect
          conversationId={conversation.id}
          value={filter.senderId}
          onChoose={(senderId) => setFilter({ ...filter, senderId })}
        />
      </div>
      <Found conversationId={conversation.id} filter={filter} />
    </SidePanel>
  );
}

interface SenderSelectProps {
  readonly conversationId: string;
  readonly value: string | null;
  readonly onChoose: (senderId: string | null) => void;
}

/** The members, by name. */
function SenderSelect({ conversationId, value, onChoose }: SenderSelectProps) {
  const app = useApp();
  const { byName, client, t } = app;
  const members = useStore(client.conversation(conversationId).members);
  useEffect(() => {
    client.requirePeople(members.map(({ userId }) => userId));
  }, [client, members]);
  useStore(client.people);
  const people = members.flatMap(({ userId }) => {
    const label = nameOf(userId, app);
    return label === undefined ? [] : [{ value: userId, label }];
  });
  people.sort((one, other) => byName(one.label, other.label));
  return (
    <Select
      label={t('filesPanel.person')}
      value={value ?? ''}
      options={[{ value: '', label: t('filesPanel.person.all') }, ...people]}
      onChoose={(chosen) => onChoose(chosen === '' ? null : chosen)}
    />
  );
}

function Found({ conversationId, filter }: { conversationId: string; filter: FileFilter }) {
  const { client, t } = useApp();
  const { items, status, failure, nextCursor, list } = useFiles(conversationId, filter);
  const isOnline = useSelected(client.connection, (connection) => connection.status === 'online');
  const isEmpty = status === 'ready' && items.length === 0 && nextCursor === null;
  const isNarrowed = filter.kind !== null || filter.senderId !== null;
  const none = isNarrowed ? 'filesPanel.noneSuch' : 'filesPanel.none';
  return (
    <div className="panel-body files-panel">
      {status === 'failed' && isOnline ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
      {status !== 'ready' && items.length === 0 ? <Skeleton label={t('loading')} rows={5} /> : null}
      {isEmpty ? <Empty icon="file" title={t(none)} text={t(`${none}.text`)} /> : null}
      <p className="visually-hidden" role="status">
        {status === 'ready' ? t('filesPanel.found', { count: items.length }) : ''}
      </p>
      <FileRuns conversationId={conversationId} files={items} />
      <MoreButton shown={nextCursor !== null} busy={status === 'loading'} label={t('showMore')} onMore={() => void list.more()} />
    </div>
  );
}
