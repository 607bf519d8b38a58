import { useMe } from '../../app/me.ts';
import { Icon } from '../../shared/icons.tsx';
import type { Conversation } from '../../shared/model.ts';
import { Avatar, type AvatarProps } from '../../shared/ui/avatar.tsx';
import { usePerson, usePresence } from '../people/people.ts';
import { iconOf, peerOf } from './conversation-title.ts';
import { useClosedPeer } from './use-closed-peer.ts';

/** A person's letters with their presence, or the mark of a room; the words for both stand beside it. */
export function ConversationAvatar({
  conversation,
  title,
  size,
  bare = false,
}: {
  conversation: Conversation;
  title: string;
  size: NonNullable<AvatarProps['size']>;
  /** Of a room its mark alone, without a coloured ground: in a narrow row a colour would say nothing. */
  bare?: boolean;
}) {
  const me = useMe();
  const peer = peerOf(conversation, me.id);
  const presence = usePresence(peer)?.status;
  const person = usePerson(peer);
  const src = peer === null ? conversation.avatarUrl : person?.avatarUrl;
  const icon = iconOf(conversation);
  const isClosed = useClosedPeer(conversation);
  const isOther = peer !== null && peer !== me.id && !isClosed;
  if (bare && icon && !src) {
    return (
      <span className="item-mark">
        <Icon name={icon} size={16} />
      </span>
    );
  }
  return (
    <Avatar
      id={peer ?? conversation.id}
      name={title}
      size={size}
      icon={icon}
      src={src}
      presence={isOther ? (presence ?? 'offline') : undefined}
    />
  );
}
