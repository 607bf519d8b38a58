import { useApp } from '../../app/app-context.tsx';
import type { User } from '../../shared/model.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';

/** Offered above the composer while a mention is typed; the caret stays in the text. */
export function MentionList({
  id,
  people,
  at,
  onChoose,
}: {
  id: string;
  people: readonly User[];
  at: number;
  onChoose: (username: string) => void;
}) {
  const { t } = useApp();
  return (
    <div id={id} className="mention-list" role="listbox" aria-label={t('composer.mentions')}>
      {people.map((person, index) => (
        <div
          key={person.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          className="mention-option"
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(person.username);
          }}
        >
          <Avatar id={person.id} name={person.displayName} src={person.avatarUrl} size={28} />
          <span className="ellipsis">{person.displayName}</span>
          <span className="muted">@{person.username}</span>
        </div>
      ))}
    </div>
  );
}
