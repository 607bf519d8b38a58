import type { ReactNode } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { bytesIn } from '../../shared/format/figures.ts';
import type { FileStorage } from '../../shared/model.ts';
import { Notice } from '../../shared/ui/empty.tsx';
import { PersonAvatar } from '../people/person-avatar.tsx';
import { usePersonName } from '../people/people.ts';
import { Asked } from './asked.tsx';

/** What files take, and which people, conversations and kinds take the most. */
export function StorageSection() {
  const { client } = useApp();
  return (
    <Asked ask={() => client.call(api.media.getStorage, {})} waitingRows={6}>
      {(storage) => <Storage storage={storage} />}
    </Asked>
  );
}

function Storage({ storage }: { storage: FileStorage }) {
  const { locale, t, times } = useApp();
  const { people, conversations, kinds } = storage;
  return (
    <>
      <Totals storage={storage} />
      <Largest title={t('storage.kinds')} none={t('storage.none')} items={kinds}>
        {({ kind }) => <span className="storage-name">{t(`storage.kind.${kind}`)}</span>}
      </Largest>
      <Largest title={t('storage.people')} none={t('storage.none')} items={people}>
        {({ userId }) => <Person id={userId} />}
      </Largest>
      {conversations === null ? (
        <Notice look="plain">{t('storage.conversations.unknown')}</Notice>
      ) : (
        <Largest title={t('storage.conversations')} none={t('storage.none')} items={conversations}>
          {({ kind, name }) => (
            <span className="storage-name ellipsis">
              {kind === 'channel' && name !== null ? `# ${name}` : (name ?? t('storage.direct'))}
            </span>
          )}
        </Largest>
      )}
      <p className="muted">
        {t('storage.measured', { when: times.full(new Date(storage.measuredAt)), size: bytesIn(locale, storage.previewBytes) })}
      </p>
    </>
  );
}

function Totals({ storage }: { storage: FileStorage }) {
  const { locale, t } = useApp();
  const figures = [
    [t('storage.files'), new Intl.NumberFormat(locale).format(storage.files)],
    [t('storage.bytes'), bytesIn(locale, storage.bytes)],
    [t('storage.stored'), bytesIn(locale, storage.storedBytes + storage.previewBytes)],
    [t('storage.uploads', { count: storage.uploads }), bytesIn(locale, storage.uploadBytes)],
    [t('storage.free'), storage.freeBytes === null ? t('overview.unknown') : bytesIn(locale, storage.freeBytes)],
  ] as const;
  return (
    <dl className="figures">
      {figures.map(([label, value]) => (
        <div key={label} className="figure">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface Amount {
  readonly files: number;
  readonly bytes: number;
}

interface LargestProps<T> {
  readonly title: string;
  readonly none: string;
  readonly items: readonly T[];
  readonly children: (item: T) => ReactNode;
}

/** Those with the most bytes, each with a bar that compares it with the first. */
function Largest<T extends Amount>({ title, none, items, children }: LargestProps<T>) {
  const { locale, t } = useApp();
  const most = Math.max(1, ...items.map(({ bytes }) => bytes));
  return (
    <section className="stack">
      <h3>{title}</h3>
      <ol className="card admin-list" aria-label={title}>
        {items.length === 0 ? <li className="list-none muted">{none}</li> : null}
        {items.map((item, place) => (
          <li key={place} className="storage-row">
            {children(item)}
            <span className="muted storage-amount">
              {bytesIn(locale, item.bytes)} · {t('storage.count', { count: item.files })}
            </span>
            <span className="storage-bar" style={{ width: `${(item.bytes / most) * 100}%` }} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Person({ id }: { id: string }) {
  const name = usePersonName(id);
  return (
    <span className="storage-name storage-person">
      <PersonAvatar id={id} name={name} size={28} />
      <span className="ellipsis">{name}</span>
    </span>
  );
}
