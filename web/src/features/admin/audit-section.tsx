import { useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { PagedView } from '../../app/paged-view.tsx';
import type { PlainKey } from '../../shared/i18n/translate.ts';
import type { AuditEntry } from '../../shared/model.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';
import { useSelected } from '../../shared/state/use-store.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { Select } from '../../shared/ui/select-field.tsx';
import { useNames, usePersonName } from '../people/people.ts';
import { auditedOperation, auditedOperations, subjectsOf, type AuditedOperation } from './audited.ts';
import { Payload } from './payload.tsx';

/** Who changed what, newest first. */
export function AuditSection() {
  const { client, t } = useApp();
  const [operation, setOperation] = useState<AuditedOperation | ''>('');
  const paged = usePagedList<AuditEntry>(operation, (cursor) =>
    client.call(api.admin.listAudit, { ...(operation ? { operation } : {}), ...(cursor ? { cursor } : {}) }),
  );
  return (
    <div className="stack">
      <Select
        className="admin-search"
        label={t('audit.filter')}
        value={operation}
        options={[{ value: '', label: t('audit.all') }, ...auditedOperations.map((one) => ({ value: one, label: t(`audited.${one}`) }))]}
        onChoose={setOperation}
      />
      <PagedView paged={paged} label={t('admin.audit')} none={t('audit.none')} className="card admin-list" waitingRows={6}>
        {(entry) => <AuditRow key={entry.id} entry={entry} />}
      </PagedView>
    </div>
  );
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const { t, times } = useApp();
  const what = auditedOperation(entry.operation);
  return (
    <li className="record">
      <div className="record-head">
        <strong>{what ? t(`audited.${what}`) : entry.operation}</strong>
        <Outcome outcome={entry.outcome} />
        <time className="muted" dateTime={entry.at}>
          {times.full(new Date(entry.at))}
        </time>
      </div>
      <Subjects entry={entry} />
      <p className="muted record-line">
        <Actor entry={entry} />
      </p>
      <Payload label={t('audit.input')} value={{ operation: entry.operation, ...entry.input }} />
    </li>
  );
}

function Outcome({ outcome }: Pick<AuditEntry, 'outcome'>) {
  const { t } = useApp();
  if (outcome === 'ok') return null;
  return <Badge look="mention">{outcome === null ? t('audit.unknown') : t('audit.refused', { code: outcome })}</Badge>;
}

/** Whom or what it was done to, by name. */
function Subjects({ entry }: { entry: AuditEntry }) {
  const { client, t } = useApp();
  const { personIds, conversationId, role } = subjectsOf(entry);
  const names = useNames(personIds);
  const conversation = useSelected(client.conversations, (known) => known.find(({ id }) => id === conversationId)?.name ?? null);
  const given = roles.find((one) => one === role);
  const parts = [...names, conversation, given ? t(roleTexts[given]) : null].filter((part) => part !== null);
  return parts.length === 0 ? null : (
    <p className="record-line" dir="auto">
      {parts.join(' · ')}
    </p>
  );
}

const roles = ['owner', 'admin', 'moderator', 'member', 'guest'] as const;
const roleTexts: Readonly<Record<(typeof roles)[number], PlainKey>> = {
  owner: 'role.owner',
  admin: 'role.admin',
  moderator: 'memberRole.moderator',
  member: 'role.member',
  guest: 'role.guest',
};

function Actor({ entry: { actorId, transport, address } }: { entry: AuditEntry }) {
  const { t } = useApp();
  const name = usePersonName(actorId);
  if (actorId === null) return t(transport === 'cli' ? 'audit.cli' : 'audit.nobody');
  return t('audit.by', { name, address });
}
