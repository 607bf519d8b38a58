import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { useFollowedList } from '../../app/use-followed-list.ts';
import type { ConversationFile } from '../../shared/model.ts';
import type { PagedList, PagedState } from '../../shared/state/paged-list.ts';
import { usePagedList } from '../../shared/state/use-paged-list.ts';
import { type FileFilter, withMessage } from './listed-files.ts';

/** Files of a conversation, the newest first; follows what is sent, changed and deleted. */
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
  useFollowedList(conversationId, paged.list, (items, message, { isWhole }) => withMessage(items, message, { filter, isWhole }));
  return paged;
}
