import { useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { PagedView } from '../../app/paged-view.tsx';
import type { AuditEntry } from '../../shared/model.ts';
import { usePagedList, useRested } from '../../shared/state/use-paged-list.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { usePerson } from '../people/people.ts';
import { Payload } from './payload.tsx';

/** Who changed what, newest first. */
export function AuditSection() {
  const { client, t } = useApp();
  const [words, setWords] = useState('');
  const operation = useRested(words.trim());
  const paged = usePagedList<AuditEntry>(operation, (cursor) =>
    client.call(api.admin.listAudit, { ...(operation ? { operation } : {}), ...(cursor ? { cursor } : {}) }),
  );
  return (
    <div className="stack">
      <input
        className="input admin-search"
        type="search"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        placeholder={t('audit.search')}
        aria-label={t('audit.search')}
      />
      <PagedView paged={paged} label={t('admin.audit')} none={t('audit.none')} className="card admin-list" waitingRows={6}>
        {(entry) => <AuditRow key={entry.id} entry={entry} />}
      </PagedView>
    </div>
  );
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const { t, times } = useApp();
  const actor = usePerson(entry.actorId);
  const who = entry.actorId ? (actor?.displayName ?? entry.actorId) : t(entry.transport === 'cli' ? 'audit.cli' : 'audit.nobody');
  const isFine = entry.outcome === 'ok';
  return (
    <li className="record">
      <div className="record-head">
        <strong>{entry.operation}</strong>
        <Badge look={isFine ? 'quiet' : 'mention'}>{entry.outcome ?? t('audit.unknown')}</Badge>
        <time className="muted" dateTime={entry.at}>
          {times.full(new Date(entry.at))}
        </time>
      </div>
      <p className="muted record-line">{[who, entry.address, entry.transport].filter(Boolean).join(' · ')}</p>
      <Payload label={t('audit.input')} value={entry.input} />
    </li>
  );
}
