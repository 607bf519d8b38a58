import { useState } from 'react';
import { api } from '../../../../client/index.ts';
import { menuItems } from '../../app/actions/perform.ts';
import { useApp } from '../../app/app-context.tsx';
import { PagedView } from '../../app/paged-view.tsx';
import { useMe } from '../../app/me.ts';
import { failureText } from '../../shared/failure.ts';
import type { Role, User } from '../../shared/model.ts';
import { useRested } from '../../shared/state/use-paged-list.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { Badge } from '../../shared/ui/badge.tsx';
import { CopyField } from '../../shared/ui/copy-field.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { MenuButton } from '../../shared/ui/menu-button.tsx';
import { Select } from '../../shared/ui/select-field.tsx';
import type { AccountSubject } from './actions/account-subject.ts';
import { accountActions } from './actions/registry.ts';
import { mayManage, rolesFor } from './admin-rules.ts';
import { useAccounts } from './use-accounts.ts';

type Link = Parameters<AccountSubject['onLink']>[0];

/** Every account: search, roles, closing and opening, reset links. */
export function UsersSection() {
  const { t } = useApp();
  const [words, setWords] = useState('');
  const [link, setLink] = useState<Link | null>(null);
  const query = useRested(words.trim());
  const paged = useAccounts(query);
  const change = (user: User) => paged.list.change((known) => known.map((one) => (one.id === user.id ? user : one)));
  return (
    <div className="stack">
      <input
        className="input admin-search"
        type="search"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        placeholder={t('users.search')}
        aria-label={t('users.search')}
      />
      <PagedView paged={paged} label={t('admin.users')} none={t('people.none')} className="card admin-list" waitingRows={6}>
        {(user) => <UserRow key={user.id} subject={{ user, onChange: change, onLink: setLink }} />}
      </PagedView>
      {link ? <LinkDialog link={link} onClose={() => setLink(null)} /> : null}
    </div>
  );
}

function UserRow({ subject }: { subject: AccountSubject }) {
  const app = useApp();
  const { t, times } = app;
  const { user } = subject;
  return (
    <li className="person admin-row" data-closed={!user.active || undefined}>
      <Avatar id={user.id} name={user.displayName} src={user.avatarUrl} size={36} />
      <span className="person-text">
        <span className="person-name ellipsis">{user.displayName}</span>
        <span className="person-line ellipsis">
          {[`@${user.username}`, user.email, t('users.since', { when: times.date(new Date(user.createdAt)) })].filter(Boolean).join(' · ')}
        </span>
      </span>
      {user.active ? null : <Badge look="quiet">{t('users.disabled')}</Badge>}
      <RoleChoice subject={subject} />
      <MenuButton label={t('users.menu', { name: user.displayName })} items={menuItems(app, accountActions, subject)} />
    </li>
  );
}

/** A role that gives power over the team is asked for once more; a refused change says why and falls back. */
function RoleChoice({ subject: { user, onChange } }: { subject: AccountSubject }) {
  const { client, ui, t } = useApp();
  const me = useMe();
  const offered = rolesFor(me);
  const isOpen = user.active && mayManage(me, user) && offered.includes(user.role);
  if (!isOpen) return <span className="role-text muted">{t(`role.${user.role}`)}</span>;
  const name = user.displayName;
  const give = async (role: Role) => {
    onChange(await client.call(api.auth.changeRole, { userId: user.id, role }));
    ui.showToast(t('toast.roleChanged', { name, role: t(`role.${role}`) }));
  };
  const choose = (role: Role) => {
    if (role === user.role) return;
    if (role !== 'owner' && role !== 'admin') {
      give(role).catch((error: unknown) => ui.showToast(failureText(t, error), 'error'));
      return;
    }
    ui.dialog.set({
      name: 'confirm',
      title: t(`confirm.${role}.title`, { name }),
      text: t(`confirm.${role}.text`),
      confirm: t(`confirm.${role}.yes`),
      onConfirm: () => give(role),
    });
  };
  return (
    <Select
      className="role-choice"
      label={t('users.roleOf', { name: user.displayName })}
      value={user.role}
      options={offered.map((role) => ({ value: role, label: t(`role.${role}`) }))}
      onChoose={choose}
    />
  );
}

function LinkDialog({ link, onClose }: { link: Link; onClose: () => void }) {
  const { t } = useApp();
  return (
    <Dialog title={t('users.resetLink.title', { name: link.user.displayName })} onClose={onClose}>
      <div className="stack">
        <p className="muted">{t('users.resetLink.text')}</p>
        <CopyField label={t('users.resetLink.label')} value={link.url} copyLabel={t('copy')} copiedLabel={t('copied')} />
      </div>
    </Dialog>
  );
}
