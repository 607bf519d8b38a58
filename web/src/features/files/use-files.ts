import { useEffect } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import type { ConversationFile, Message } from '../../shared/model.ts';
import type { PagedList, PagedState } from '../../shared/state/paged-list.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';
import { useSelected } from '../../shared/state/use-store.ts';
import { type FileFilter, withMessage } from './listed-files.ts';

/** Files of a conversation, the newest first; follows what is sent, changed and deleted, and reads anew when the connection comes back. */
export function useFiles(conversationId: string, filter: FileFilter): PagedState<ConversationFile> & { list: PagedList<ConversationFile> } {
  const { client } = useApp();
  const { kind, senderId } = filter;
  const paged = usePagedList(`${conversationId} ${kind ?? ''} ${senderId ?? ''}`, (cursor) =>
    client.call(api.chat.listFiles, {
      conversationId,
      ...(kind === null ? {} : { kind }),
      ...(senderId === null ? {} : { senderId }),
      ...(cursor === undefined ? {} : { cursor }),
    }),
  );
  const { list } = paged;
  useEffect(() => {
    // An answer that is under way may be older than these, and takes the place of what is listed.
    const during: Message[] = [];
    const apply = (message: Message) => {
      const isWhole = list.state.get().nextCursor === null;
      list.change((items) => withMessage(items, message, { filter: { kind, senderId }, isWhole }));
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
  }, [client, conversationId, kind, senderId, list]);
  const isOnline = useSelected(client.connection, ({ status }) => status === 'online');
  useEffect(() => {
    if (isOnline && list.state.get().status !== 'loading') void list.reload();
  }, [isOnline, list]);
  return paged;
}
