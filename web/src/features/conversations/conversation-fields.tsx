import { useApp } from '../../app/app-context.tsx';
import { fieldText } from '../../shared/failure.ts';
import { Switch, TextField } from '../../shared/ui/field.tsx';

export interface ConversationDraft {
  readonly name: string;
  readonly topic: string;
  readonly isPrivate: boolean;
}

export interface ConversationFieldsProps {
  kind: 'group' | 'channel';
  draft: ConversationDraft;
  failure: unknown;
  onChange: (draft: ConversationDraft) => void;
  /** A new group may go without a name and begins without a topic. */
  isNew?: boolean;
}

/** What a group or channel is called, what it is about, and who may find it. */
export function ConversationFields({ kind, draft, failure, onChange, isNew = false }: ConversationFieldsProps) {
  const { t } = useApp();
  const isChannel = kind === 'channel';
  return (
    <>
      <TextField
        label={t(isChannel ? 'field.channelName' : 'field.groupName')}
        hint={isNew && !isChannel ? t('field.groupName.hint') : undefined}
        value={draft.name}
        onChange={(event) => onChange({ ...draft, name: event.target.value })}
        error={fieldText(t, failure, 'name')}
        maxLength={80}
        required={isChannel || !isNew}
      />
      {isChannel || !isNew ? (
        <TextField
          label={t('field.topic')}
          hint={t('field.topic.hint')}
          value={draft.topic}
          onChange={(event) => onChange({ ...draft, topic: event.target.value })}
          error={fieldText(t, failure, 'topic')}
          maxLength={250}
        />
      ) : null}
      {isChannel ? (
        <Switch
          label={t('field.private')}
          hint={t('field.private.hint')}
          checked={draft.isPrivate}
          onChange={(isPrivate) => onChange({ ...draft, isPrivate })}
        />
      ) : null}
    </>
  );
}
