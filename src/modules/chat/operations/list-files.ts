import type { Input, Output } from '../../../contracts/define.ts';
import type * as contract from '../../../contracts/chat/files.ts';
import type { Message } from '../../../contracts/chat/messages.ts';
import { maxPageBytes } from '../../../contracts/chat/sync.ts';
import { type Context, requireActor } from '../../../kernel/context.ts';
import { cursorOf, isCount, pageOf, partsOf } from '../../../kernel/paging.ts';
import { fileKindOf } from '../domain/file-kinds.ts';
import { isThere } from '../domain/removed-files.ts';
import type { ChatParts } from '../parts.ts';

type Found = contract.ConversationFile & { readonly place: number };

/** The cursor is the `seq` of the message of the last file, and its place among the files of that message. */
export async function handleListFiles(
  { messages, memberships }: ChatParts,
  { conversationId, kind, senderId, limit, cursor }: Input<typeof contract.listFiles>,
  context: Context,
): Promise<Output<typeof contract.listFiles>> {
  await memberships.require(conversationId, requireActor(context).userId);
  const [seq = 0, place = 0] = cursor === undefined ? [] : partsOf(cursor, [isCount, isCount]).map(Number);
  const before = cursor === undefined ? null : seq + 1;
  const only = { kind, senderId };
  // One message more than files: all files of the first may be on the page before.
  const found = await messages.page(conversationId, { before }, { limit: limit + 2, bytes: maxPageBytes, only });
  const files = found.items.toReversed().flatMap(filesOf);
  return pageOf(
    files.filter(
      (file) =>
        isThere(file.attachment) &&
        (kind === undefined || fileKindOf(file.attachment.mimeType) === kind) &&
        (file.seq !== seq || file.place > place),
    ),
    {
      limit,
      present: ({ place: _, ...file }) => file,
      cursor: (last) => cursorOf(String(last.seq), String(last.place)),
      bytes: maxPageBytes,
      isCut: found.isCut,
    },
  );
}

const filesOf = ({ id, seq, senderId, createdAt, attachments }: Message): Found[] =>
  attachments.map((attachment, place) => ({ attachment, messageId: id, seq, senderId, sentAt: createdAt, place }));
