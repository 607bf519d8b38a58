import { useMe } from '../../app/me.ts';
import type { Conversation } from '../../shared/model.ts';
import { Avatar, type AvatarProps } from '../../shared/ui/avatar.tsx';
import { usePresence } from '../people/people.ts';
import { iconOf, peerOf } from './conversation-title.ts';

/** A person's letters with their presence, or the mark of a room; the words for both stand beside it. */
export function ConversationAvatar({
  conversation,
  title,
  size,
}: {
  conversation: Conversation;
  title: string;
  size: NonNullable<AvatarProps['size']>;
}) {
  const me = useMe();
  const peer = peerOf(conversation, me.id);
  const presence = usePresence(peer)?.status;
  const icon = iconOf(conversation);
  const isOther = peer !== null && peer !== me.id;
  return (
    <Avatar id={peer ?? conversation.id} name={title} size={size} icon={icon} presence={isOther ? (presence ?? 'offline') : undefined} />
  );
}
