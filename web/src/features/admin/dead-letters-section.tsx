import { useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { PagedView } from '../../app/paged-view.tsx';
import type { DeadLetter, Job } from '../../shared/model.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { Select } from '../../shared/ui/select-field.tsx';
import { Payload } from './payload.tsx';
import { RecordTools } from './record-tools.tsx';
import '../messages/rich-text.css';

/** What failed for good: deliveries of events, and background jobs. */
export function DeadLettersSection() {
  const { t } = useApp();
  return (
    <div className="stack">
      <p className="muted">{t('deadLetters.text')}</p>
      <DeadLetters />
      <h3>{t('jobs.title')}</h3>
      <Jobs />
    </div>
  );
}

function DeadLetters() {
  const { client, t, times } = useApp();
  const paged = usePagedList<DeadLetter>('', (cursor) => client.call(api.admin.listDeadLetters, cursor ? { cursor } : {}));
  const gone = (letter: DeadLetter) => paged.list.change((known) => known.filter((one) => one !== letter));
  return (
    <>
      <PagedView paged={paged} label={t('admin.dead-letters')} none={t('deadLetters.none')} className="card admin-list" waitingRows={2}>
        {(letter) => (
          <li key={letter.id} className="record">
            <div className="record-head">
              <strong>{letter.event}</strong>
              <Badge look="quiet">{t('deadLetters.attempts', { count: letter.attempts })}</Badge>
              <time className="muted" dateTime={letter.lastFailedAt}>
                {times.full(new Date(letter.lastFailedAt))}
              </time>
            </div>
            <p className="muted record-line">{letter.subscriber}</p>
            <p className="record-error">{letter.error}</p>
            <Payload label={t('deadLetters.payload')} value={letter.payload} />
            <RecordTools
              onRetry={() => client.call(api.admin.retryDeadLetter, { deadLetterId: letter.id })}
              onDrop={() => client.call(api.admin.dropDeadLetter, { deadLetterId: letter.id })}
              onDone={() => gone(letter)}
            />
          </li>
        )}
      </PagedView>
    </>
  );
}

const states = ['failed', 'retry', 'waiting', 'active', 'completed', 'cancelled'] as const;
type State = Job['state'];

function Jobs() {
  const { client, t } = useApp();
  const [state, setState] = useState<State | ''>('failed');
  const paged = usePagedList<Job>(state, (cursor) =>
    client.call(api.admin.listJobs, { ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) }),
  );
  const gone = (job: Job) => paged.list.change((known) => known.filter((one) => one !== job));
  return (
    <>
      <Select
        className="admin-search"
        label={t('jobs.state')}
        value={state}
        options={[{ value: '', label: t('jobs.all') }, ...states.map((one) => ({ value: one, label: t(`job.${one}`) }))]}
        onChoose={setState}
      />
      <PagedView paged={paged} label={t('jobs.title')} none={t('jobs.none')} className="card admin-list" waitingRows={2}>
        {(job) => <JobRow key={job.id} job={job} onGone={() => gone(job)} />}
      </PagedView>
    </>
  );
}

function JobRow({ job, onGone }: { job: Job; onGone: () => void }) {
  const { client, t, times } = useApp();
  const canRetry = job.state === 'failed' || job.state === 'cancelled';
  const canDrop = job.state !== 'active' && job.state !== 'completed';
  return (
    <li className="record">
      <div className="record-head">
        <strong>{job.queue}</strong>
        <Badge look={job.state === 'failed' ? 'mention' : 'quiet'}>{t(`job.${job.state}`)}</Badge>
        <time className="muted" dateTime={job.createdAt}>
          {times.full(new Date(job.createdAt))}
        </time>
      </div>
      {job.error ? <p className="record-error">{job.error}</p> : null}
      <Payload label={t('deadLetters.payload')} value={job.payload} />
      <RecordTools
        onRetry={canRetry ? () => client.call(api.admin.retryJob, { queue: job.queue, jobId: job.id }) : null}
        onDrop={canDrop ? () => client.call(api.admin.dropJob, { queue: job.queue, jobId: job.id }) : null}
        onDone={onGone}
      />
    </li>
  );
}
