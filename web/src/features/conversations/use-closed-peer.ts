import { useMe } from '../../app/me.ts';
import type { Conversation } from '../../shared/model.ts';
import { usePerson } from '../people/people.ts';
import { peerOf } from './conversation-title.ts';

/** Whether the account of the other one of a direct conversation is closed: what was written stays, and no answer will come. */
export function useClosedPeer(conversation: Conversation): boolean {
  const me = useMe();
  const peer = peerOf(conversation, me.id);
  return usePerson(peer === me.id ? null : peer)?.active === false;
}
