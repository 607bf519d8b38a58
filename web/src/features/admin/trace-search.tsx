import { useState } from 'react';
import { api, type NotificationChannel, type TraceSummary } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { PagedView } from '../../app/paged-view.tsx';
import type { User } from '../../shared/model.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';
import { useSelected } from '../../shared/state/use-store.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Select } from '../../shared/ui/select-field.tsx';
import { deviceName } from '../settings/device-name.ts';
import { channels, dayBounds, ruleText, stateText, whatText } from './delivery-words.ts';
import { PersonSearch } from './person-search.tsx';
import { TraceOfDialog } from './trace-of-dialog.tsx';

const outcomes = ['held', 'waiting', 'accepted', 'shown', 'cancelled', 'refused', 'gone', 'dead'] as const;
interface Filter {
  readonly channel: NotificationChannel | '';
  readonly outcome: (typeof outcomes)[number] | '';
  /** `2026-01-31`; empty: any. */
  readonly day: string;
}

/** A person first, then what they were notified of. */
export function TraceSearch() {
  const { t } = useApp();
  const [person, setPerson] = useState<User | null>(null);
  if (!person) return <PersonSearch onChoose={setPerson} />;
  return (
    <>
      <div className="form-row">
        <strong dir="auto">{person.displayName}</strong>
        <Button look="quiet" onClick={() => setPerson(null)}>
          {t('traces.another')}
        </Button>
      </div>
      <TracesOf person={person} />
    </>
  );
}

function TracesOf({ person }: { person: User }) {
  const { client, t } = useApp();
  const [filter, setFilter] = useState<Filter>({ channel: '', outcome: '', day: '' });
  const [open, setOpen] = useState<TraceSummary | null>(null);
  const { channel, outcome, day } = filter;
  const paged = usePagedList<TraceSummary>(JSON.stringify([person.id, filter]), (cursor) =>
    client.call(api.notifications.listTraces, {
      userId: person.id,
      ...(channel ? { channel } : {}),
      ...(outcome ? { outcome } : {}),
      ...dayBounds(day),
      ...(cursor ? { cursor } : {}),
    }),
  );
  return (
    <>
      <Filters filter={filter} onChange={setFilter} />
      <PagedView
        paged={paged}
        label={t('traces.of', { name: person.displayName })}
        none={t(paged.nextCursor === null ? 'traces.none' : 'traces.noneYet')}
        className="card admin-list"
        waitingRows={4}
      >
        {(trace) => <TraceRow key={trace.eventId} trace={trace} onOpen={() => setOpen(trace)} />}
      </PagedView>
      {open ? <TraceOfDialog trace={open} name={person.displayName} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const { t } = useApp();
  const outcomeText = (one: (typeof outcomes)[number]): string => (one === 'held' ? t('trace.step.held') : stateText(t, one));
  return (
    <div className="form-row">
      <Select
        className="admin-filter"
        label={t('channels.channel')}
        value={filter.channel}
        options={[{ value: '', label: t('channels.all') }, ...channels.map((one) => ({ value: one, label: t(`channel.${one}`) }))]}
        onChoose={(chosen) => onChange({ ...filter, channel: chosen })}
      />
      <Select
        className="admin-filter"
        label={t('traces.outcome')}
        value={filter.outcome}
        options={[{ value: '', label: t('traces.anyOutcome') }, ...outcomes.map((one) => ({ value: one, label: outcomeText(one) }))]}
        onChoose={(chosen) => onChange({ ...filter, outcome: chosen })}
      />
      <input
        className="input admin-filter"
        type="date"
        aria-label={t('traces.day')}
        value={filter.day}
        onChange={(event) => onChange({ ...filter, day: event.target.value })}
      />
    </div>
  );
}

function TraceRow({ trace, onOpen }: { trace: TraceSummary; onOpen: () => void }) {
  const { client, t, times } = useApp();
  const { conversationId, createdAt, reason, deliveries } = trace;
  const conversation = useSelected(client.conversations, (known) => known.find(({ id }) => id === conversationId)?.name ?? null);
  const when = times.full(new Date(createdAt));
  const line = [
    reason === null ? null : ruleText(t, reason),
    ...deliveries.map(
      ({ channel, device, state }) => `${channel === 'mail' ? t('channel.mail') : deviceName(device)}: ${stateText(t, state)}`,
    ),
  ];
  return (
    <li className="record">
      <div className="record-head">
        <strong>{whatText(t, trace)}</strong>
        {conversation === null ? null : (
          <span className="muted ellipsis" dir="auto">
            {conversation}
          </span>
        )}
        <time className="muted" dateTime={createdAt}>
          {when}
        </time>
      </div>
      <p className="record-line">{line.filter(Boolean).join(' · ')}</p>
      <div className="form-row">
        <Button onClick={onOpen} aria-label={t('traces.openNamed', { what: whatText(t, trace), when })}>
          {t('traces.open')}
        </Button>
      </div>
    </li>
  );
}
