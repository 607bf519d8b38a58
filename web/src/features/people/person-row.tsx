import type { ReactNode } from 'react';
import { useApp } from '../../app/app-context.tsx';
import type { User } from '../../shared/model.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { usePresence } from './people.ts';
import './people.css';

/** A person in a list: picture, name and a line about them. */
export function PersonLines({ person, line, presence = false }: { person: User; line?: ReactNode; presence?: boolean }) {
  const { t } = useApp();
  const status = usePresence(presence ? person.id : null)?.status;
  return (
    <>
      <Avatar
        id={person.id}
        name={person.displayName}
        src={person.avatarUrl}
        size={36}
        presence={presence ? (status ?? 'offline') : undefined}
        presenceLabel={presence ? t(`presence.${status ?? 'offline'}`) : undefined}
      />
      <span className="person-text">
        <span className="person-name ellipsis">{person.displayName}</span>
        <span className="person-line ellipsis">{line ?? `@${person.username}`}</span>
      </span>
    </>
  );
}
