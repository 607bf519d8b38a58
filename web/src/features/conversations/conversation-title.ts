import type { IconName } from '../../shared/icons.tsx';
import type { Conversation } from '../../shared/model.ts';
import { nameOf, notMetYet, type Naming } from '../people/person-name.ts';

type Titled = Pick<Conversation, 'kind' | 'name' | 'peerIds'>;

/** The other one of a direct conversation; oneself for the conversation with oneself; null for the others. */
export function peerOf({ kind, peerIds }: Pick<Conversation, 'kind' | 'peerIds'>, myId: string): string | null {
  if (kind !== 'direct') return null;
  return peerIds?.find((id) => id !== myId) ?? myId;
}

/** What the reader calls a conversation. */
export function titleOf(conversation: Titled, myId: string, { client, t }: Naming): string {
  const peer = peerOf(conversation, myId);
  if (peer === null) return conversation.name ?? t('conversation.unnamed');
  if (peer === myId) return t('conversation.self');
  return nameOf(peer, { client, t }) ?? notMetYet;
}

export function iconOf({ kind, visibility }: Pick<Conversation, 'kind' | 'visibility'>): IconName | undefined {
  if (kind === 'direct') return undefined;
  if (kind === 'group') return 'users';
  return visibility === 'private' ? 'lock' : 'hash';
}
