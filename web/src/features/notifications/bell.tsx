import { written } from '../../app/actions/keys.ts';
import { perform } from '../../app/actions/perform.ts';
import { useApp } from '../../app/app-context.tsx';
import { isApple } from '../../shared/browser/pointer.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { capped } from '../../shared/ui/badge.tsx';
import { IconButton } from '../../shared/ui/button.tsx';
import { showNotifications } from './actions/show-notifications.ts';

/** Opens the centre, and shows how much in it is unread. */
export function Bell() {
  const app = useApp();
  const { client, navigation, t } = app;
  const unread = useStore(client.notifications.unread) ?? 0;
  const isOpen = useStore(navigation.panel) === 'notifications';
  const label = unread > 0 ? t('bell.unread', { count: unread }) : t('action.showNotifications');
  return (
    <span className="bell">
      <IconButton
        icon="bell"
        label={label}
        keys={written(showNotifications.keys ?? '', isApple())}
        aria-pressed={isOpen}
        onClick={() => void perform(app, showNotifications, undefined)}
      />
      {unread > 0 ? (
        <span className="bell-count" aria-hidden="true">
          {capped(unread)}
        </span>
      ) : null}
    </span>
  );
}
