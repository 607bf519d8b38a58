import { useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { chatRoute } from '../../app/routes.ts';
import { fieldText, formText } from '../../shared/failure.ts';
import type { User } from '../../shared/model.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { Switch, TextField } from '../../shared/ui/field.tsx';
import { Segments } from '../../shared/ui/segments.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { PeoplePicker } from '../people/people-picker.tsx';

type Kind = 'people' | 'channel';
const noOne: ReadonlySet<string> = new Set();

/** One person makes a direct conversation, several a group; a channel has a name and may be open to all. */
export function NewConversation({ onClose }: { onClose: () => void }) {
  const { t } = useApp();
  const me = useMe();
  const [kind, setKind] = useState<Kind>('people');
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const [name, setName] = useState('');
  const [topic, setTopic] = useState('');
  const [isPrivate, setPrivate] = useState(false);
  const open = useOpening({ kind, chosen, name: name.trim(), topic: topic.trim(), isPrivate }, onClose);
  const { busy, failure, onSubmit } = useSubmit(open);
  const isReady = kind === 'channel' ? name.trim() !== '' : chosen.length > 0;
  const text = formText(t, failure, ['name', 'topic']);
  const footer = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button look="primary" busy={busy} disabled={!isReady} onClick={() => onSubmit()}>
        {t(kind === 'channel' ? 'newConversation.createChannel' : chosen.length > 1 ? 'newConversation.createGroup' : 'newConversation.start')}
      </Button>
    </>
  );
  return (
    <Dialog title={t('action.newConversation')} closeLabel={t('close')} onClose={onClose} footer={footer}>
      <form className="stack" onSubmit={onSubmit}>
        {me.role === 'guest' ? null : (
          <Segments
            label={t('newConversation.kind')}
            chosen={kind}
            onChoose={setKind}
            segments={[
              { id: 'people', label: t('newConversation.people'), icon: 'users' },
              { id: 'channel', label: t('newConversation.channel'), icon: 'hash' },
            ]}
          />
        )}
        {text ? <Notice look="error">{text}</Notice> : null}
        {kind === 'channel' || chosen.length > 1 ? (
          <TextField label={t(kind === 'channel' ? 'field.channelName' : 'field.groupName')} hint={kind === 'channel' ? undefined : t('field.groupName.hint')} value={name} onChange={(event) => setName(event.target.value)} error={fieldText(t, failure, 'name')} maxLength={80} />
        ) : null}
        {kind === 'channel' ? (
          <>
            <TextField label={t('field.topic')} value={topic} onChange={(event) => setTopic(event.target.value)} error={fieldText(t, failure, 'topic')} maxLength={250} />
            <Switch label={t('field.private')} hint={t('field.private.hint')} checked={isPrivate} onChange={setPrivate} />
          </>
        ) : null}
        <PeoplePicker chosen={chosen} onChange={setChosen} without={noOne} />
      </form>
    </Dialog>
  );
}

interface Wanted {
  readonly kind: Kind;
  readonly chosen: readonly User[];
  readonly name: string;
  readonly topic: string;
  readonly isPrivate: boolean;
}

function useOpening({ kind, chosen, name, topic, isPrivate }: Wanted, onClose: () => void): () => Promise<void> {
  const { client, navigation } = useApp();
  const me = useMe();
  return async () => {
    const others = chosen.filter((person) => person.id !== me.id);
    const memberIds = others.map((person) => person.id);
    const [only] = chosen;
    let id: string;
    if (kind === 'channel') id = (await client.call(api.chat.createConversation, { kind: 'channel', name, memberIds, visibility: isPrivate ? 'private' : 'public', ...(topic ? { topic } : {}) })).id;
    else if (others.length > 1) id = (await client.call(api.chat.createConversation, { kind: 'group', name: name || namesOf([me, ...others]), memberIds })).id;
    else if (only) id = (await client.openDirect((others[0] ?? only).id)).id;
    else return;
    onClose();
    navigation.go(chatRoute(id));
  };
}

/** A group without a name is called by its people, as far as a name may reach. */
const namesOf = (people: readonly User[]): string =>
  people
    .map((person) => person.displayName.split(' ')[0] ?? person.username)
    .join(', ')
    .slice(0, 80)
    .trim();
