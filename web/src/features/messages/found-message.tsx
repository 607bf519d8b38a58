import type { ReactNode } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { BriefTime } from '../../app/brief-time.tsx';
import type { Message } from '../../shared/model.ts';
import { openMessage } from '../conversations/open-conversation.ts';
import { PersonAvatar } from '../people/person-avatar.tsx';
import { usePersonName } from '../people/people.ts';
import '../people/people.css';
import './found-message.css';

/** A message of a list beside the conversation: who wrote it, when, and the beginning of it (`children`). A click goes to its place. */
export function FoundMessage({ message, where, children }: { message: Message; where?: ReactNode; children: ReactNode }) {
  const app = useApp();
  const name = usePersonName(message.senderId);
  return (
    <button type="button" className="found-message" onClick={() => void openMessage(app, message.conversationId, message.seq)}>
      <PersonAvatar id={message.senderId} name={name} size={28} />
      <span className="found-message-body">
        <span className="found-message-head">
          <strong className="ellipsis">{name}</strong>
          <BriefTime className="muted" at={new Date(message.createdAt)} />
        </span>
        {where}
        <span className="found-message-text">{children}</span>
      </span>
    </button>
  );
}
