import { perform } from '../../app/actions/perform.ts';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Empty } from '../../shared/ui/empty.tsx';
import { invitePeople } from '../people/actions/invite-people.ts';
import { browseChannels } from './actions/browse-channels.ts';
import { newConversation } from './actions/new-conversation.ts';

/** What a wide screen shows while no conversation is open. */
export function WelcomePane() {
  const app = useApp();
  const me = useMe();
  const { t } = app;
  const offered = [newConversation, browseChannels, invitePeople].filter((action) => action.test(app, undefined));
  return (
    <main className="conversation conversation-none" id="conversation" tabIndex={-1} data-area>
      <Empty icon="chat" title={t('welcome.title', { name: me.displayName })} text={t('welcome.text')}>
        {offered.map((action) => (
          <Button key={action.name} icon={action.icon} onClick={() => void perform(app, action, undefined)}>
            {t(action.label)}
          </Button>
        ))}
      </Empty>
    </main>
  );
}
