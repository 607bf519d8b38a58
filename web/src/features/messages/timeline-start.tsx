import { perform } from '../../app/actions/perform.ts';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import type { Conversation } from '../../shared/model.ts';
import { Button } from '../../shared/ui/button.tsx';
import { ConversationAvatar } from '../conversations/conversation-avatar.tsx';
import { peerOf } from '../conversations/conversation-title.ts';
import { addMembers } from '../members/actions/add-members.ts';
import { invitePeople } from '../people/actions/invite-people.ts';

/** Above the very first message. */
export function TimelineStart({ conversation, title }: { conversation: Conversation; title: string }) {
  const app = useApp();
  const { t } = app;
  const me = useMe();
  const isSelf = peerOf(conversation, me.id) === me.id;
  const text = isSelf
    ? t('start.self')
    : conversation.kind === 'direct'
      ? t('start.direct', { name: title })
      : t(conversation.kind === 'channel' ? 'start.channel' : 'start.group', { name: title });
  return (
    <div className="timeline-start">
      <ConversationAvatar conversation={conversation} title={title} size={56} />
      <h3>{title}</h3>
      <p className="muted">{text}</p>
      {conversation.kind === 'direct' ? null : (
        <div className="form-row timeline-start-tools">
          {addMembers.test(app, conversation) ? (
            <Button icon={addMembers.icon} onClick={() => void perform(app, addMembers, conversation)}>
              {t(addMembers.label)}
            </Button>
          ) : null}
          {invitePeople.test(app, undefined) ? (
            <Button icon="link" onClick={() => void perform(app, invitePeople, undefined)}>
              {t(invitePeople.label)}
            </Button>
          ) : null}
        </div>
      )}
    </div>
  );
}
