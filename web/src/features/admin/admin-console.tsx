import { useEffect, useRef, type ComponentType, type RefObject } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { ConnectionBanner } from '../../app/connection-banner.tsx';
import { RouteLink } from '../../app/route-link.tsx';
import { adminSections, chatRoute, type AdminSection } from '../../app/routes.ts';
import { useShortcuts } from '../../app/use-shortcuts.ts';
import { Icon, type IconName } from '../../shared/icons.tsx';
import { useSelected } from '../../shared/state/use-store.ts';
import { AuditSection } from './audit-section.tsx';
import { DeadLettersSection } from './dead-letters-section.tsx';
import { InvitesSection } from './invites-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { OverviewSection } from './overview-section.tsx';
import { SettingsSection } from './settings-section.tsx';
import { StorageSection } from './storage-section.tsx';
import { UsersSection } from './users-section.tsx';
import '../people/people.css';
import './admin.css';

const views: Readonly<Record<AdminSection, ComponentType>> = {
  overview: OverviewSection,
  users: UsersSection,
  invites: InvitesSection,
  settings: SettingsSection,
  storage: StorageSection,
  notifications: NotificationsSection,
  audit: AuditSection,
  'dead-letters': DeadLettersSection,
};
const icons: Readonly<Record<AdminSection, IconName>> = {
  overview: 'compass',
  users: 'users',
  invites: 'userPlus',
  settings: 'settings',
  storage: 'file',
  notifications: 'bell',
  audit: 'eye',
  'dead-letters': 'alert',
};

/** The console of owners and admins; loaded only when they open it. */
export function AdminConsole({ section }: { section: AdminSection }) {
  const { team, t } = useApp();
  const teamName = useSelected(team.state, (state) => state.team?.name ?? '');
  const View = views[section];
  const nav = useRef<HTMLElement>(null);
  useCurrentInSight(nav, section);
  useShortcuts();
  return (
    <div className="admin">
      <ConnectionBanner />
      <header className="admin-header">
        <RouteLink to={chatRoute(null)} className="button button-quiet">
          <Icon name="back" size={18} />
          {t('admin.back')}
        </RouteLink>
        <h1 className="admin-title ellipsis">
          {t('admin.title')} <span className="muted">{teamName}</span>
        </h1>
      </header>
      <nav ref={nav} className="admin-nav" aria-label={t('admin.title')}>
        <ul>
          {adminSections.map((one) => (
            <li key={one}>
              <RouteLink to={{ name: 'admin', section: one }} className="tab" current={one === section}>
                <Icon name={icons[one]} size={18} />
                <span>{t(`admin.${one}`)}</span>
              </RouteLink>
            </li>
          ))}
        </ul>
      </nav>
      <main className="admin-main" id="conversation" tabIndex={0}>
        <h2 className="admin-heading">{t(`admin.${section}`)}</h2>
        <View />
      </main>
    </div>
  );
}

/** On a phone the sections are a line that is scrolled. */
function useCurrentInSight(nav: RefObject<HTMLElement | null>, section: AdminSection): void {
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [nav, section]);
}
