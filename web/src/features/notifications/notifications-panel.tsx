import { useEffect, useState } from 'react';
import { NotificationList, type NotificationFilter } from '../../../../client/notification-list.ts';
import { useApp } from '../../app/app-context.tsx';
import { SidePanel } from '../../app/side-panel.tsx';
import { failureText } from '../../shared/failure.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Empty, Notice } from '../../shared/ui/empty.tsx';
import { MoreButton } from '../../shared/ui/more-button.tsx';
import { Segments } from '../../shared/ui/segments.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { moveInResults } from '../search/move-in-results.ts';
import { NotificationEntry } from './notification-entry.tsx';
import '../people/people.css';
import './notifications.css';

const filters: readonly NotificationFilter[] = ['all', 'unread', 'mentions'];

/** What notified the reader, the newest first. */
export function NotificationsPanel() {
  const { t } = useApp();
  const [filter, setFilter] = useState<NotificationFilter>('all');
  return (
    <SidePanel title={t('centre.title')} onKey={moveInResults}>
      <div className="centre-tools">
        <Segments
          label={t('centre.filter')}
          chosen={filter}
          onChoose={setFilter}
          segments={filters.map((id) => ({ id, label: t(`centre.filter.${id}`) }))}
        />
        <MarkAll />
      </div>
      <Entries key={filter} filter={filter} />
    </SidePanel>
  );
}

function MarkAll() {
  const { client, ui, t } = useApp();
  const unread = useStore(client.notifications.unread) ?? 0;
  const mark = () => client.notifications.read({}).catch((error: unknown) => ui.showToast(failureText(t, error), 'error'));
  return (
    <Button icon="checks" look="quiet" disabled={unread === 0} onClick={() => void mark()}>
      {t('centre.markAll')}
    </Button>
  );
}

function Entries({ filter }: { filter: NotificationFilter }) {
  const { client, t } = useApp();
  const list = useNotificationList(filter);
  const isOnline = useSelected(client.connection, ({ status }) => status === 'online');
  if (!list) return null;
  return <Listed list={list} filter={filter} isOnline={isOnline} label={t('centre.title')} />;
}

function Listed({
  list,
  filter,
  isOnline,
  label,
}: {
  list: NotificationList;
  filter: NotificationFilter;
  isOnline: boolean;
  label: string;
}) {
  const { t } = useApp();
  const { items, status, failure, hasMore } = useStore(list.state);
  const isEmpty = status === 'ready' && items.length === 0;
  return (
    <div className="panel-body panel-list">
      {status === 'failed' && isOnline ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
      {status === 'loading' && items.length === 0 ? <Skeleton label={t('loading')} rows={5} /> : null}
      {isEmpty ? <Empty icon="bell" title={t(`centre.none.${filter}`)} text={t(`centre.none.${filter}.text`)} /> : null}
      <ul aria-label={label}>
        {items.map((notification) => (
          <NotificationEntry key={notification.id} notification={notification} />
        ))}
      </ul>
      <MoreButton shown={hasMore} busy={status === 'loading'} label={t('showMore')} onMore={() => void list.more()} />
    </div>
  );
}

function useNotificationList(filter: NotificationFilter): NotificationList | null {
  const { client } = useApp();
  const [list, setList] = useState<NotificationList | null>(null);
  useEffect(() => {
    const opened = new NotificationList(client, filter);
    setList(opened);
    return () => opened.close();
  }, [client, filter]);
  return list;
}
