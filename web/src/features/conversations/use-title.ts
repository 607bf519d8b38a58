import { useEffect } from 'react';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import type { Conversation } from '../../shared/model.ts';
import { useSelected, useStore } from '../../shared/state/use-store.ts';
import { peerOf, titleOf } from './conversation-title.ts';

/** The title, kept up to date as people change their names. */
export function useTitle(conversation: Conversation): string {
  const app = useApp();
  const { client } = app;
  const me = useMe();
  const peer = peerOf(conversation, me.id);
  useEffect(() => {
    if (peer) client.requirePeople([peer]);
  }, [client, peer]);
  useStore(client.unknownPeople);
  return useSelected(client.people, () => titleOf(conversation, me.id, app));
}
