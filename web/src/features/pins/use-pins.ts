import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { useFollowedList } from '../../app/use-followed-list.ts';
import type { Message } from '../../shared/model.ts';
import type { PagedList, PagedState } from '../../shared/state/paged-list.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';
import { withPin } from './listed-pins.ts';

/** Pinned messages of a conversation, the newest first, as they are now. */
export function usePins(conversationId: string): PagedState<Message> & { list: PagedList<Message> } {
  const { client } = useApp();
  const paged = usePagedList(conversationId, (cursor) =>
    client.call(api.chat.listPins, { conversationId, ...(cursor === undefined ? {} : { cursor }) }),
  );
  useFollowedList(conversationId, paged.list, withPin);
  return paged;
}
