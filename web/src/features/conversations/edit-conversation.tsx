import { useState } from 'react';
import { api } from '../../../../client/index.ts';
import { perform } from '../../app/actions/perform.ts';
import { useApp } from '../../app/app-context.tsx';
import type { OpenDialog } from '../../app/ui-state.ts';
import { fieldText, formText } from '../../shared/failure.ts';
import type { Conversation } from '../../shared/model.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { Switch, TextField } from '../../shared/ui/field.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { deleteConversation } from './actions/delete-conversation.ts';

export function EditConversation({ dialog, onClose }: { dialog: Extract<OpenDialog, { name: 'edit-conversation' }>; onClose: () => void }) {
  const { client } = useApp();
  const conversation = useStore(client.conversation(dialog.conversationId).conversation);
  return conversation ? <EditForm key={conversation.id} conversation={conversation} onClose={onClose} /> : null;
}

/** Name, topic and who may find it; and the way to remove it. */
function EditForm({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const app = useApp();
  const { client, t } = app;
  const { id, kind } = conversation;
  const [name, setName] = useState(conversation.name ?? '');
  const [topic, setTopic] = useState(conversation.topic ?? '');
  const [isPrivate, setPrivate] = useState(conversation.visibility === 'private');
  const { busy, failure, onSubmit } = useSubmit(async () => {
    await client.call(api.chat.updateConversation, { conversationId: id, name: name.trim(), topic: topic.trim() || null, ...(kind === 'channel' ? { visibility: isPrivate ? 'private' : 'public' } : {}) });
    onClose();
  });
  const text = formText(t, failure, ['name', 'topic']);
  const footer = (
    <>
      {deleteConversation.test(app, conversation) ? (
        <Button look="quiet" className="button-start button-danger-text" icon="trash" onClick={() => void perform(app, deleteConversation, conversation)}>
          {t(deleteConversation.label)}
        </Button>
      ) : null}
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button look="primary" busy={busy} disabled={name.trim() === ''} onClick={() => onSubmit()}>
        {t('save')}
      </Button>
    </>
  );
  return (
    <Dialog title={t('action.editConversation')} closeLabel={t('close')} onClose={onClose} footer={footer}>
      <form className="stack" onSubmit={onSubmit}>
        {text ? <Notice look="error">{text}</Notice> : null}
        <TextField label={t(kind === 'channel' ? 'field.channelName' : 'field.groupName')} value={name} onChange={(event) => setName(event.target.value)} error={fieldText(t, failure, 'name')} maxLength={80} required />
        <TextField label={t('field.topic')} hint={t('field.topic.hint')} value={topic} onChange={(event) => setTopic(event.target.value)} error={fieldText(t, failure, 'topic')} maxLength={250} />
        {kind === 'channel' ? <Switch label={t('field.private')} hint={t('field.private.hint')} checked={isPrivate} onChange={setPrivate} /> : null}
        <button type="submit" className="visually-hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Dialog>
  );
}
