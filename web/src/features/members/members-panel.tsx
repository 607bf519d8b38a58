import { useEffect, useMemo, useState } from 'react';
import { ActionButton } from '../../app/action-button.tsx';
import { menuItems } from '../../app/actions/perform.ts';
import { memberActions } from '../../app/actions/registry.ts';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { SidePanel } from '../../app/side-panel.tsx';
import type { Conversation, Member, User } from '../../shared/model.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { Badge } from '../../shared/ui/badge.tsx';
import { MenuButton } from '../../shared/ui/menu-button.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { PersonLines } from '../people/person-row.tsx';
import { withFormer } from '../people/person-name.ts';
import { useIsFormer, usePresence } from '../people/people.ts';
import { addMembers } from './actions/add-members.ts';
import { sortMembers, type NamedMember } from './sort-members.ts';

/** Who is here, those online first. */
export function MembersPanel({ conversation }: { conversation: Conversation }) {
  const { client, t } = useApp();
  const members = useStore(client.conversation(conversation.id).members);
  const [words, setWords] = useState('');
  useEffect(() => {
    client.requirePeople(members.map(({ userId }) => userId));
  }, [client, members]);
  const shown = useSortedMembers(members, words);
  return (
    <SidePanel
      title={t('members.title')}
      count={conversation.memberCount}
      tools={<ActionButton action={addMembers} subject={conversation} />}
    >
      <div className="panel-body panel-list">
        {members.length > 12 ? (
          <input
            className="input"
            type="search"
            value={words}
            onChange={(event) => setWords(event.target.value)}
            placeholder={t('people.search')}
            aria-label={t('people.search')}
          />
        ) : null}
        {members.length === 0 ? <Skeleton label={t('loading')} rows={5} /> : null}
        <ul>
          {shown.map(({ member, person }) => (
            <MemberRow key={member.userId} member={member} person={person} conversation={conversation} />
          ))}
        </ul>
      </div>
    </SidePanel>
  );
}

function useSortedMembers(members: readonly Member[], words: string): readonly NamedMember[] {
  const { byName, client, t } = useApp();
  const known = useStore(client.people);
  const unknown = useStore(client.unknownPeople);
  const online = useSelected(client.presence, (presence) =>
    members
      .filter(({ userId }) => (presence.get(userId)?.status ?? 'offline') !== 'offline')
      .map(({ userId }) => userId)
      .join(),
  );
  return useMemo(() => {
    const people = withFormer(known, unknown, t('person.former'));
    return sortMembers(members, { people, online: new Set(online.split(',')), words, byName });
  }, [members, known, unknown, online, words, byName, t]);
}

function MemberRow({ member, person, conversation }: { member: Member; person: User; conversation: Conversation }) {
  const app = useApp();
  const { t } = app;
  const me = useMe();
  const presence = usePresence(member.userId);
  const isEdit = useIsFormer(member.userId);
  const closed = isEdit ? t('person.former.text') : t('person.closed');
  const line = person.active ? (presence?.text ?? `@${person.username}`) : closed;
  return (
    <li className="person">
      <button type="button" className="person-link person-open" data-person={member.userId}>
        <PersonLines person={person} presence={person.active} line={member.userId === me.id ? `${line} · ${t('you')}` : line} />
      </button>
      {member.role === 'member' || conversation.kind === 'direct' ? null : <Badge look="quiet">{t(`memberRole.${member.role}`)}</Badge>}
      <MenuButton
        label={t('members.menu', { name: person.displayName })}
        size={18}
        items={menuItems(app, memberActions, { member, conversation })}
      />
    </li>
  );
}
