import { useState } from 'react';
import { api, type NotificationChannel, type NotificationFailure } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { PagedView } from '../../app/paged-view.tsx';
import { useNow } from '../../app/use-now.ts';
import { failureText } from '../../shared/failure.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { Select } from '../../shared/ui/select-field.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { usePersonName } from '../people/people.ts';
import { deviceName } from '../settings/device-name.ts';
import { channels, isTooLate } from './delivery-words.ts';
import { RecordTools } from './record-tools.tsx';

type Outcome = NotificationFailure['outcome'];
interface Filter {
  readonly channel: NotificationChannel | '';
  readonly outcome: Outcome | '';
}

const named = ({ channel, outcome }: Filter) => ({ ...(channel ? { channel } : {}), ...(outcome ? { outcome } : {}) });

/** What was given up, with the words of the service; sent again or discarded, one by one or all of a filter. */
export function FailedNotifications() {
  const { client, t } = useApp();
  const [filter, setFilter] = useState<Filter>({ channel: '', outcome: '' });
  const paged = usePagedList<NotificationFailure>(JSON.stringify(filter), (cursor) =>
    client.call(api.notifications.listFailures, { ...named(filter), ...(cursor ? { cursor } : {}) }),
  );
  const gone = (failure: NotificationFailure) => paged.list.change((known) => known.filter((one) => one !== failure));
  return (
    <>
      <div className="form-row">
        <Select
          className="admin-filter"
          label={t('channels.channel')}
          value={filter.channel}
          options={[{ value: '', label: t('channels.all') }, ...channels.map((one) => ({ value: one, label: t(`channel.${one}`) }))]}
          onChoose={(channel) => setFilter({ ...filter, channel })}
        />
        <Select
          className="admin-filter"
          label={t('failed.outcome')}
          value={filter.outcome}
          options={[
            { value: '', label: t('failed.all') },
            { value: 'refused', label: t('failed.refused') },
            { value: 'dead', label: t('failed.dead') },
          ]}
          onChoose={(outcome) => setFilter({ ...filter, outcome })}
        />
      </div>
      <AllOfThem filter={filter} latest={paged.items[0]?.failedAt ?? null} onDone={() => void paged.list.reload()} />
      <PagedView paged={paged} label={t('failed.title')} none={t('failed.none')} className="card admin-list" waitingRows={2}>
        {(failure) => <FailedRow key={`${failure.eventId} ${failure.deviceId}`} failure={failure} onGone={() => gone(failure)} />}
      </PagedView>
    </>
  );
}

/** What failed since the list was read is not touched: nobody has seen it. */
function AllOfThem({ filter, latest, onDone }: { filter: Filter; latest: string | null; onDone: () => void }) {
  const { client, ui, t } = useApp();
  const [became, setBecame] = useState<string | null>(null);
  const those = { ...named(filter), ...(latest === null ? {} : { until: latest }) };
  const retry = useSubmit(async () => {
    const { retried, expired, off, more } = await client.call(api.notifications.retryFailures, those);
    const parts = [
      t('failed.retried', { count: retried }),
      expired > 0 && t('failed.expired', { count: expired }),
      off > 0 && t('failed.off', { count: off }),
      more && t('failed.more'),
    ];
    setBecame(parts.filter(Boolean).join(' '));
    onDone();
  });
  const drop = async () => {
    const { dropped, more } = await client.call(api.notifications.dropFailures, those);
    setBecame([t('failed.dropped', { count: dropped }), more && t('failed.more')].filter(Boolean).join(' '));
    onDone();
  };
  const askToDrop = () =>
    ui.dialog.set({
      name: 'confirm',
      title: t('failed.dropAll.title'),
      text: t('failed.dropAll.text'),
      confirm: t('action.drop'),
      onConfirm: drop,
    });
  return (
    <>
      {latest === null ? null : (
        <div className="form-row">
          <Button icon="retry" busy={retry.busy} onClick={() => retry.onSubmit()}>
            {t('failed.retryAll')}
          </Button>
          <Button icon="trash" onClick={askToDrop}>
            {t('failed.dropAll')}
          </Button>
        </div>
      )}
      {retry.failure ? <Notice look="error">{failureText(t, retry.failure)}</Notice> : null}
      {became === null ? null : <Notice look="plain">{became}</Notice>}
    </>
  );
}

function FailedRow({ failure, onGone }: { failure: NotificationFailure; onGone: () => void }) {
  const { client, t, times } = useApp();
  const name = usePersonName(failure.userId);
  const tooLate = useNow((now) => isTooLate(failure, now));
  const { eventId, deviceId, channel, device, cause, outcome, detail, attempts, failedAt, expiresAt } = failure;
  const one = { eventId, deviceId };
  const parts = [
    t(`channel.${channel}`),
    deviceName(device),
    cause && t(`cause.${cause}`),
    t('deadLetters.attempts', { count: attempts }),
    t(tooLate ? 'failed.tooLate' : 'failed.until', { when: times.full(new Date(expiresAt)) }),
  ];
  return (
    <li className="record">
      <div className="record-head">
        <strong dir="auto">{name}</strong>
        <Badge look="mention">{t(`failed.${outcome}`)}</Badge>
        <time className="muted" dateTime={failedAt}>
          {times.full(new Date(failedAt))}
        </time>
      </div>
      <p className="muted record-line">{parts.filter(Boolean).join(' · ')}</p>
      <p className="record-error" lang="en">
        {detail}
      </p>
      <RecordTools
        onRetry={tooLate ? null : () => client.call(api.notifications.retryFailure, one)}
        onDrop={() => client.call(api.notifications.dropFailure, one)}
        onDone={onGone}
      />
    </li>
  );
}
