import { perform } from '../../app/actions/perform.ts';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import type { Conversation } from '../../shared/model.ts';
import { showMembers } from '../members/actions/show-members.ts';
import { peerOf } from './conversation-title.ts';

/** The name of the open conversation; opens the card of the other person, or the members. */
export function HeaderTitle({ conversation, title }: { conversation: Conversation; title: string }) {
  const app = useApp();
  const me = useMe();
  const peer = peerOf(conversation, me.id);
  if (peer !== null)
    return (
      <button type="button" className="person-link ellipsis" data-person={peer}>
        {title}
      </button>
    );
  return (
    <button type="button" className="person-link ellipsis" onClick={() => void perform(app, showMembers, conversation)}>
      {title}
    </button>
  );
}
