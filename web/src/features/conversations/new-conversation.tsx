import { useState } from 'react';
import { api, type Client } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { chatRoute } from '../../app/routes.ts';
import { formText } from '../../shared/failure.ts';
import type { User } from '../../shared/model.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { Segments } from '../../shared/ui/segments.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { ConversationFields, type ConversationDraft } from './conversation-fields.tsx';
import { PeoplePicker } from '../people/people-picker.tsx';

type Kind = 'people' | 'channel';
const noOne: ReadonlySet<string> = new Set();

const blank: ConversationDraft = { name: '', topic: '', isPrivate: false };

/** One person makes a direct conversation, several a group; a channel has a name and may be open to all. */
export function NewConversation({ onClose }: { onClose: () => void }) {
  const { t } = useApp();
  const [kind, setKind] = useState<Kind>('people');
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const [draft, setDraft] = useState(blank);
  const isGuest = useMe().role === 'guest';
  const { busy, failure, onSubmit } = useSubmit(useOpening({ kind, chosen, ...draft }, onClose));
  const isChannel = kind === 'channel';
  const isGroup = !isChannel && chosen.length > 1;
  const text = formText(t, failure, ['name', 'topic']);
  const footer = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button look="primary" busy={busy} disabled={isChannel ? draft.name.trim() === '' : chosen.length === 0} onClick={() => onSubmit()}>
        {t(isChannel ? 'newConversation.createChannel' : isGroup ? 'newConversation.createGroup' : 'newConversation.start')}
      </Button>
    </>
  );
  return (
    <Dialog title={t('action.newConversation')} onClose={onClose} footer={footer}>
      <form className="stack" onSubmit={onSubmit}>
        <KindChoice kind={kind} onChoose={setKind} />
        {text ? <Notice look="error">{text}</Notice> : null}
        {isChannel || isGroup ? (
          <ConversationFields kind={isChannel ? 'channel' : 'group'} draft={draft} failure={failure} onChange={setDraft} isNew />
        ) : null}
        {/* Guests open direct conversations only: the last one chosen is the one. */}
        <PeoplePicker chosen={chosen} onChange={(people) => setChosen(isGuest ? people.slice(-1) : people)} without={noOne} />
      </form>
    </Dialog>
  );
}

/** Guests cannot create channels. */
function KindChoice({ kind, onChoose }: { kind: Kind; onChoose: (kind: Kind) => void }) {
  const { t } = useApp();
  if (useMe().role === 'guest') return null;
  return (
    <Segments
      label={t('newConversation.kind')}
      chosen={kind}
      onChoose={onChoose}
      segments={[
        { id: 'people', label: t('newConversation.people'), icon: 'users' },
        { id: 'channel', label: t('newConversation.channel'), icon: 'hash' },
      ]}
    />
  );
}

interface Wanted extends ConversationDraft {
  readonly kind: Kind;
  readonly chosen: readonly User[];
}

/** Opens what was chosen and goes there. */
function useOpening(wanted: Wanted, onClose: () => void): () => Promise<() => void> {
  const { client, navigation } = useApp();
  const me = useMe();
  return async () => {
    const id = wanted.kind === 'channel' ? await openChannel(client, wanted) : await openPeople(client, wanted, me);
    return () => {
      onClose();
      navigation.go(chatRoute(id));
    };
  };
}

async function openChannel(client: Client, { chosen, name, topic, isPrivate }: Wanted): Promise<string> {
  const { id } = await client.call(api.chat.createConversation, {
    kind: 'channel',
    name: name.trim(),
    memberIds: chosen.map((person) => person.id),
    visibility: isPrivate ? 'private' : 'public',
    ...(topic.trim() ? { topic: topic.trim() } : {}),
  });
  return id;
}

/** Oneself alone makes a place for notes. */
async function openPeople(client: Client, { chosen, name }: Wanted, me: User): Promise<string> {
  const others = chosen.filter((person) => person.id !== me.id);
  if (others.length < 2) return (await client.openDirect((others[0] ?? me).id)).id;
  const memberIds = others.map((person) => person.id);
  const { id } = await client.call(api.chat.createConversation, {
    kind: 'group',
    name: name.trim() || namesOf([me, ...others]),
    memberIds,
  });
  return id;
}

/** A group without a name is named after its members, within the longest name allowed. */
const namesOf = (people: readonly User[]): string =>
  people
    .map((person) => person.displayName.split(' ')[0] ?? person.username)
    .join(', ')
    .slice(0, 80)
    .trim();
