import { api } from '../../../../client/index.ts';
import { perform } from '../../app/actions/perform.ts';
import { useApp } from '../../app/app-context.tsx';
import { PagedView } from '../../app/paged-view.tsx';
import { copyText } from '../../shared/browser/clipboard.ts';
import { failureText } from '../../shared/failure.ts';
import { Icon } from '../../shared/icons.tsx';
import type { ListedInvite } from '../../shared/model.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { Button, IconButton } from '../../shared/ui/button.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { invitePeople } from '../people/actions/invite-people.ts';
import { usePerson } from '../people/people.ts';

/** Invites that still open. */
export function InvitesSection() {
  const app = useApp();
  const { client, ui, t } = app;
  // Read again when the dialog that makes invites closes.
  const dialog = useStore(ui.dialog)?.name ?? '';
  const paged = usePagedList<ListedInvite>(dialog, async () => ({
    ...(await client.call(api.auth.listInvites, {})),
    nextCursor: null,
  }));
  return (
    <div className="stack">
      <div>
        <Button look="primary" icon="userPlus" onClick={() => void perform(app, invitePeople, undefined)}>
          {t('action.invitePeople')}
        </Button>
      </div>
      <PagedView paged={paged} label={t('admin.invites')} none={t('invites.none')} className="card admin-list" waitingRows={3}>
        {(invite) => (
          <InviteRow
            key={invite.code ?? `${invite.createdBy} ${invite.createdAt}`}
            invite={invite}
            onGone={() => paged.list.change((known) => known.filter((one) => one !== invite))}
          />
        )}
      </PagedView>
    </div>
  );
}

function InviteRow({ invite, onGone }: { invite: ListedInvite; onGone: () => void }) {
  const { client, ui, t, times } = useApp();
  const author = usePerson(invite.createdBy);
  const { code, url } = invite;
  const { busy, failure, onSubmit } = useSubmit(async () => {
    if (code !== undefined) await client.call(api.auth.deleteInvite, { code });
    onGone();
  });
  const copy = async (link: string) => {
    const copied = await copyText(link);
    if (copied) ui.showToast(t('toast.copied'));
    else ui.showToast(t('toast.notCopied'), 'error');
  };
  const used =
    invite.maxUses === null ? t('invites.used', { count: invite.uses }) : t('invites.usedOf', { used: invite.uses, count: invite.maxUses });
  const until = invite.expiresAt ? t('invites.until', { when: times.full(new Date(invite.expiresAt)) }) : null;
  return (
    <li className="person admin-row">
      <span className="device-mark">
        <Icon name="link" />
      </span>
      <span className="person-text">
        <span className="person-name ellipsis">{url ?? t('invites.linkHidden')}</span>
        <span className="person-line">
          {failure ? failureText(t, failure) : [t(`role.${invite.role}`), used, until, author?.displayName].filter(Boolean).join(' · ')}
        </span>
      </span>
      {url !== undefined && <IconButton icon="copy" label={t('action.copyLink')} onClick={() => void copy(url)} />}
      {code !== undefined && (
        <Button busy={busy} onClick={() => onSubmit()}>
          {t('invites.withdraw')}
        </Button>
      )}
    </li>
  );
}
