import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import type { Ownerless } from '../../shared/model.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';
import { Button } from '../../shared/ui/button.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';

/** Groups and channels that nobody governs any more; absent while there are none. */
export function OwnerlessSection() {
  const { client, t } = useApp();
  const paged = usePagedList<Ownerless>('', (cursor) => client.call(api.chat.listOwnerless, cursor ? { cursor } : {}));
  if (paged.items.length === 0) return null;
  return (
    <section className="card">
      <h3>{t('ownerless.title')}</h3>
      <p className="muted">{t('ownerless.text')}</p>
      <ul className="admin-list">
        {paged.items.map((one) => (
          <Row key={one.id} conversation={one} onDone={() => paged.list.change((known) => known.filter(({ id }) => id !== one.id))} />
        ))}
      </ul>
    </section>
  );
}

function Row({ conversation: { id, name, memberCount }, onDone }: { conversation: Ownerless; onDone: () => void }) {
  const { client, t, ui } = useApp();
  const takeOver = useSubmit(() =>
    client.call(api.chat.takeOver, { conversationId: id }).then(onDone, (error: unknown) => {
      ui.showToast(failureText(t, error), 'error');
    }),
  );
  return (
    <li className="check-row">
      <strong>{name ?? t('ownerless.unnamed')}</strong>
      <span className="muted">{t('members.count', { count: memberCount })}</span>
      <Button disabled={takeOver.busy} onClick={() => takeOver.onSubmit()}>
        {t('ownerless.takeOver')}
      </Button>
    </li>
  );
}
