import { useEffect, useRef } from 'react';
import type { Message } from '../shared/model.ts';
import type { PagedList } from '../shared/state/paged-list.ts';
import { useSelected } from '../shared/state/use-store.ts';
import { useApp } from './app-context.tsx';

/** The list as it is after a message came or changed; the same array where it stays. `isWhole`: there are no more pages. */
type Applied<T> = (items: readonly T[], message: Message, known: { readonly isWhole: boolean }) => readonly T[];

/** Keeps a list that is made of messages of one conversation up to date: follows what comes and changes, and reads anew when the connection comes back. */
export function useFollowedList<T>(conversationId: string, list: PagedList<T>, applied: Applied<T>): void {
  const { client } = useApp();
  const latest = useRef(applied);
  useEffect(() => {
    latest.current = applied;
  }, [applied]);
  useEffect(() => {
    // An answer that is under way may be older than these, and takes the place of what is listed.
    const during: Message[] = [];
    const apply = (message: Message) => {
      const isWhole = list.state.get().nextCursor === null;
      list.change((items) => latest.current(items, message, { isWhole }));
    };
    const follow = (message: Message) => {
      if (message.conversationId !== conversationId) return;
      if (list.state.get().status === 'loading') during.push(message);
      apply(message);
    };
    const stops = [
      client.on('message-arrived', follow),
      client.on('message-revised', follow),
      list.state.subscribe(() => {
        if (list.state.get().status === 'ready') for (const message of during.splice(0)) apply(message);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, conversationId, list]);
  const isOnline = useSelected(client.connection, ({ status }) => status === 'online');
  useEffect(() => {
    if (isOnline && list.state.get().status !== 'loading') void list.reload();
  }, [isOnline, list]);
}
