import { perform } from '../../app/actions/perform.ts';
import { useApp } from '../../app/app-context.tsx';
import { useNow } from '../../app/use-now.ts';
import { useMe } from '../../app/me.ts';
import { chatRoute } from '../../app/routes.ts';
import { failureText } from '../../shared/failure.ts';
import type { User } from '../../shared/model.ts';
import { useSelected } from '../../shared/state/use-store.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { Popover } from '../../shared/ui/popover.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { openConversationId } from '../conversations/open-conversation.ts';
import { writeStatus } from '../presence/actions/write-status.ts';
import { useIsFormer, usePerson, usePresence } from './people.ts';
import './person-card.css';

export interface Shown {
  readonly personId: string;
  readonly anchor: Element;
}

export function PersonCard({ shown: { personId, anchor }, onClose }: { shown: Shown; onClose: () => void }) {
  const { t, times } = useApp();
  const person = usePerson(personId);
  const presence = usePresence(personId);
  const isEdit = useIsFormer(personId);
  if (!person) return isEdit ? <FormerCard shown={{ personId, anchor }} onClose={onClose} /> : null;
  const { displayName, username, role, active, createdAt } = person;
  return (
    <Popover label={displayName} anchor={anchor} onClose={onClose}>
      <div className="person-card">
        <Avatar id={personId} name={displayName} src={person.avatarUrl} size={56} presence={active ? presence?.status : undefined} />
        <div className="person-card-text">
          <p className="person-card-name">{displayName}</p>
          <p className="person-card-line">
            @{username} · {t(`role.${role}`)}
          </p>
          {active ? <StatusLines personId={personId} /> : <p className="person-card-closed">{t('person.closed')}</p>}
          <p className="person-card-line">{t('person.since', { date: times.date(new Date(createdAt)) })}</p>
        </div>
        <CardAction person={person} onClose={onClose} />
      </div>
    </Popover>
  );
}

/** All that is left of somebody who is not shown to the reader any more. */
function FormerCard({ shown: { personId, anchor }, onClose }: { shown: Shown; onClose: () => void }) {
  const { t } = useApp();
  const name = t('person.former');
  return (
    <Popover label={name} anchor={anchor} onClose={onClose}>
      <div className="person-card">
        <Avatar id={personId} name={name} size={56} />
        <div className="person-card-text">
          <p className="person-card-name">{name}</p>
          <p className="person-card-line">{t('person.former.text')}</p>
        </div>
      </div>
    </Popover>
  );
}

/** How the person is, what they wrote beside it, and until when. */
function StatusLines({ personId }: { personId: string }) {
  const { t, times } = useApp();
  const presence = usePresence(personId);
  const lastSeen = presence?.lastSeenAt ?? null;
  const when = useNow((now) => (lastSeen === null ? '' : times.brief(new Date(lastSeen), now)));
  if (!presence) return null;
  const { status, lastSeenAt, text, until } = presence;
  return (
    <>
      <p className="person-card-line">{status === 'offline' && lastSeenAt ? t('presence.lastSeen', { when }) : t(`presence.${status}`)}</p>
      {text ? (
        <p className="person-card-status" dir="auto">
          {text}
          {until ? <span className="muted"> · {t('person.until', { when: times.full(new Date(until)) })}</span> : null}
        </p>
      ) : null}
    </>
  );
}

/** The way to write to them, also to read what was written with a closed account; one's own card leads to one's status. */
function CardAction({ person, onClose }: { person: User; onClose: () => void }) {
  const app = useApp();
  const { client, navigation, t } = app;
  const me = useMe();
  const known = useSelected(
    client.conversations,
    (all) =>
      all.find(({ kind, peerIds }) => kind === 'direct' && peerIds?.includes(person.id) === true && peerIds.includes(me.id))?.id ?? null,
  );
  // Beside the messages of just that conversation there is nowhere to lead to.
  const isHere = known !== null && openConversationId(app) === known;
  const { busy, failure, onSubmit } = useSubmit(async () => {
    const id = known ?? (await client.openDirect(person.id)).id;
    return () => {
      onClose();
      navigation.go(chatRoute(id));
    };
  });
  if (person.id === me.id) {
    const change = () => {
      onClose();
      void perform(app, writeStatus, undefined);
    };
    return (
      <Button icon={writeStatus.icon} onClick={change}>
        {t(writeStatus.label)}
      </Button>
    );
  }
  if (isHere || (!person.active && known === null)) return null;
  return (
    <>
      {failure ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
      <Button look="primary" icon="chat" busy={busy} onClick={() => onSubmit()}>
        {t(person.active ? 'action.writeDirectly' : 'person.openDirect')}
      </Button>
    </>
  );
}
