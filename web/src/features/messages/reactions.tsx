import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import type { Message, Reaction } from '../../shared/model.ts';
import { useNames } from '../people/people.ts';
import { toggleReaction } from './toggle-reaction.ts';

export function Reactions({ message }: { message: Message }) {
  const { t } = useApp();
  return (
    <div className="reactions" role="group" aria-label={t('reactions.label')}>
      {message.reactions.map((reaction) => (
        <ReactionButton key={reaction.emoji} message={message} reaction={reaction} />
      ))}
    </div>
  );
}

const namedAtMost = 12;

function ReactionButton({ message, reaction: { emoji, userIds } }: { message: Message; reaction: Reaction }) {
  const app = useApp();
  const { t } = app;
  const me = useMe();
  const others = useNames(userIds.filter((id) => id !== me.id).slice(0, namedAtMost));
  const isMine = userIds.includes(me.id);
  const names = isMine ? [t('you'), ...others] : others;
  const label = t('reactions.by', { emoji, count: userIds.length, names: names.join(', ') });
  return (
    <button
      type="button"
      className="reaction"
      aria-pressed={isMine}
      aria-label={label}
      data-tip={names.join(', ')}
      onClick={() => void toggleReaction(app, message, emoji)}
    >
      <span aria-hidden="true">{emoji}</span>
      <span aria-hidden="true">{userIds.length}</span>
    </button>
  );
}
