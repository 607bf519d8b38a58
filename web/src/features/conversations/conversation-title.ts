import type { IconName } from '../../shared/icons.tsx';
import type { Translate } from '../../shared/i18n/translate.ts';
import type { Conversation, User } from '../../shared/model.ts';

type Titled = Pick<Conversation, 'kind' | 'name' | 'peerIds'>;

/** The other one of a direct conversation; oneself for the conversation with oneself; null for the others. */
export function peerOf({ kind, peerIds }: Pick<Conversation, 'kind' | 'peerIds'>, myId: string): string | null {
  if (kind !== 'direct') return null;
  return peerIds?.find((id) => id !== myId) ?? myId;
}

/** What the reader calls a conversation. */
export function titleOf(conversation: Titled, people: ReadonlyMap<string, User>, myId: string, t: Translate): string {
  const peer = peerOf(conversation, myId);
  if (peer === null) return conversation.name ?? t('conversation.unnamed');
  if (peer === myId) return t('conversation.self');
  return people.get(peer)?.displayName ?? '…';
}

export function iconOf({ kind, visibility }: Pick<Conversation, 'kind' | 'visibility'>): IconName | undefined {
  if (kind === 'direct') return undefined;
  if (kind === 'group') return 'users';
  return visibility === 'private' ? 'lock' : 'hash';
}
