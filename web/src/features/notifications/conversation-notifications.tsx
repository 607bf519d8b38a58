import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import type { OpenDialog } from '../../app/ui-state.ts';
import { useNow } from '../../app/use-now.ts';
import { failureText } from '../../shared/failure.ts';
import type { Conversation, ConversationRule } from '../../shared/model.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { useTitle } from '../conversations/use-title.ts';
import { isMutedAt, muteUntil, type MuteTime } from './muted-now.ts';
import './notifications.css';

type Opened = Extract<OpenDialog, { name: 'conversation-notifications' }>;

/** What one conversation notifies the reader of; each choice takes effect at once. */
export function ConversationNotifications({ dialog: { conversationId }, onClose }: { dialog: Opened; onClose: () => void }) {
  const { client, t } = useApp();
  const conversation = useStore(client.conversation(conversationId).conversation);
  return (
    <Dialog title={t('notify.conversation.title')} size="small" onClose={onClose}>
      {conversation ? <Choices conversation={conversation} /> : <p className="muted">{t('conversation.notFound.title')}</p>}
    </Dialog>
  );
}

function Choices({ conversation }: { conversation: Conversation }) {
  const { client, ui, t } = useApp();
  const title = useTitle(conversation);
  const rule = useStore(client.notifications.rules).get(conversation.id);
  const inherited = useSelected(client.settings, (settings) => settings?.[defaultKeys[conversation.kind]] ?? 'all');
  const level = rule?.level ?? 'default';
  const choose = (chosen: typeof level): void => {
    client.notifications
      .setRule(conversation.id, { level: chosen === 'default' ? null : chosen })
      .catch((error: unknown) => ui.showToast(failureText(t, error), 'error'));
  };
  return (
    <div className="stack notify-choice">
      <p className="muted ellipsis">{title}</p>
      <SelectField
        label={t('notify.level')}
        value={level}
        options={[
          { value: 'default', label: t('notify.level.default', { level: t(`notify.level.${inherited}`).toLocaleLowerCase() }) },
          ...levels.map((value) => ({ value, label: t(`notify.level.${value}`) })),
        ]}
        onChoose={choose}
      />
      <MuteChoice conversation={conversation} rule={rule} />
    </div>
  );
}

export const levels = ['all', 'mentions', 'nothing'] as const;
const defaultKeys = { channel: 'notifications.channels', group: 'notifications.groups', direct: 'notifications.direct' } as const;
const times: readonly MuteTime[] = ['hour', 'workday', 'tomorrow'];

function MuteChoice({ conversation, rule }: { conversation: Conversation; rule: ConversationRule | undefined }) {
  const { client, clock, ui, t, times: formats } = useApp();
  const isTimed = useNow((now) => rule !== undefined && isMutedAt(rule, now));
  const { id, muted } = conversation;
  const act = (done: Promise<unknown>): void => {
    done.catch((error: unknown) => ui.showToast(failureText(t, error), 'error'));
  };
  const mute = (isMuted: boolean) => client.call(api.chat.updateConversation, { conversationId: id, muted: isMuted });
  const unmute = async () => {
    if (muted) await mute(false);
    if (isTimed) await client.notifications.setRule(id, { mutedUntil: null });
  };
  const until = rule?.mutedUntil;
  const timed = isTimed && until ? t('notify.mutedUntil', { when: formats.full(new Date(until)) }) : t('notify.notMuted');
  return (
    <section className="setting" aria-labelledby="mute-title">
      <h3 id="mute-title">{t('notify.mute')}</h3>
      <p className="muted" role="status">
        {muted ? t('notify.mutedForGood') : timed}
      </p>
      <div className="notify-times">
        {muted || isTimed ? (
          <Button icon="bell" onClick={() => act(unmute())}>
            {t('notify.unmute')}
          </Button>
        ) : (
          <>
            {times.map((time) => (
              <Button key={time} onClick={() => act(client.notifications.setRule(id, { mutedUntil: muteUntil(time, clock.get().now) }))}>
                {t(`notify.mute.${time}`)}
              </Button>
            ))}
            <Button onClick={() => act(mute(true))}>{t('notify.mute.forGood')}</Button>
          </>
        )}
      </div>
    </section>
  );
}
