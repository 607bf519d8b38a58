import { useState } from 'react';
import { menuItems } from '../../app/actions/perform.ts';
import { ownActions, presenceActions } from '../../app/actions/registry.ts';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { openSettings } from '../settings/actions/open-settings.ts';
import { ActionButton } from '../../app/action-button.tsx';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { Menu } from '../../shared/ui/menu.tsx';
import { usePresence } from '../people/people.ts';

/** The user's own menu below the list: status, settings, sign-out. */
export function OwnMenu() {
  const app = useApp();
  const { t } = app;
  const me = useMe();
  const presence = usePresence(me.id);
  const status = presence?.status ?? 'online';
  const [anchor, setAnchor] = useState<Element | null>(null);
  return (
    <footer className="side-footer">
      <button
        type="button"
        className="side-me"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Avatar id={me.id} name={me.displayName} src={me.avatarUrl} size={36} presence={status} />
        <span className="item-text">
          <span className="side-me-name ellipsis">{me.displayName}</span>
          <span className="side-me-line ellipsis">{presence?.text ?? t(`presence.${status}`)}</span>
          <span className="visually-hidden">{t('ownMenu.label')}</span>
        </span>
      </button>
      <ActionButton action={openSettings} subject={undefined} />
      {anchor ? (
        <Menu
          label={t('ownMenu.label')}
          items={[...menuItems(app, presenceActions, undefined), ...menuItems(app, ownActions, undefined)]}
          anchor={anchor}
          onClose={() => setAnchor(null)}
        />
      ) : null}
    </footer>
  );
}
