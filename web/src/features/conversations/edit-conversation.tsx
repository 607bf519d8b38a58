import { useState } from 'react';
import { api } from '../../../../client/index.ts';
import { perform } from '../../app/actions/perform.ts';
import { useApp } from '../../app/app-context.tsx';
import type { OpenDialog } from '../../app/ui-state.ts';
import { formText } from '../../shared/failure.ts';
import type { Conversation } from '../../shared/model.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { SubmitOnEnter } from '../../shared/ui/field.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { AvatarField } from '../avatars/avatar-field.tsx';
import { iconOf } from './conversation-title.ts';
import { ConversationFields, type ConversationDraft } from './conversation-fields.tsx';
import { deleteConversation } from './actions/delete-conversation.ts';

export function EditConversation({ dialog, onClose }: { dialog: Extract<OpenDialog, { name: 'edit-conversation' }>; onClose: () => void }) {
  const { client } = useApp();
  const conversation = useStore(client.conversation(dialog.conversationId).conversation);
  return conversation ? <EditForm key={conversation.id} conversation={conversation} onClose={onClose} /> : null;
}

/** Name, topic and who may find it; and the way to remove it. */
function EditForm({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { client, t } = useApp();
  const { id, name, topic, visibility } = conversation;
  const kind = conversation.kind === 'channel' ? 'channel' : 'group';
  const [draft, setDraft] = useState<ConversationDraft>({ name: name ?? '', topic: topic ?? '', isPrivate: visibility === 'private' });
  const { busy, failure, onSubmit } = useSubmit(async () => {
    await client.call(api.chat.updateConversation, {
      conversationId: id,
      name: draft.name.trim(),
      topic: draft.topic.trim() || null,
      ...(kind === 'channel' ? { visibility: draft.isPrivate ? 'private' : 'public' } : {}),
    });
    onClose();
  });
  const text = formText(t, failure, ['name', 'topic']);
  const footer = (
    <>
      <DeleteButton conversation={conversation} />
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button look="primary" busy={busy} disabled={draft.name.trim() === ''} onClick={() => onSubmit()}>
        {t('save')}
      </Button>
    </>
  );
  return (
    <Dialog title={t('action.editConversation')} onClose={onClose} footer={footer}>
      <form className="stack" onSubmit={onSubmit}>
        {text ? <Notice look="error">{text}</Notice> : null}
        <ConversationPicture conversation={conversation} />
        <ConversationFields kind={kind} draft={draft} failure={failure} onChange={setDraft} />
        <SubmitOnEnter />
      </form>
    </Dialog>
  );
}

function ConversationPicture({ conversation }: { conversation: Conversation }) {
  const { client, t } = useApp();
  const { id: conversationId, name, avatarUrl } = conversation;
  return (
    <AvatarField
      label={t('avatar.conversation')}
      avatar={<Avatar id={conversationId} name={name ?? ''} icon={iconOf(conversation)} src={avatarUrl} size={96} />}
      hasPicture={avatarUrl !== null}
      isRoom
      onSet={(pictureId) => client.call(api.media.setConversationAvatar, { conversationId, pictureId })}
      onRemove={() => client.call(api.media.removeConversationAvatar, { conversationId })}
    />
  );
}

function DeleteButton({ conversation }: { conversation: Conversation }) {
  const app = useApp();
  if (!deleteConversation.test(app, conversation)) return null;
  return (
    <Button
      look="quiet"
      className="button-start button-danger-text"
      icon={deleteConversation.icon}
      onClick={() => void perform(app, deleteConversation, conversation)}
    >
      {app.t(deleteConversation.label)}
    </Button>
  );
}
