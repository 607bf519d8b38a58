import type { Input, Output } from '../../../contracts/define.ts';
import type { measureFiles } from '../../../contracts/chat/files.ts';
import type { ChatParts } from '../parts.ts';
import type { Attachments } from '../ports.ts';

type ConversationFiles = Awaited<ReturnType<Attachments['largest']>>[number];
type Item = Output<typeof measureFiles>['items'][number];

export async function handleMeasureFiles(parts: ChatParts, { limit }: Input<typeof measureFiles>): Promise<Output<typeof measureFiles>> {
  const largest = await parts.attachments.largest(limit);
  const items = await Promise.all(largest.map((one) => named(parts, one)));
  return { items: items.filter((item) => item !== null) };
}

/** Null where the conversation is gone: its files follow. */
async function named({ members, conversations }: ChatParts, { conversationId: id, files, bytes }: ConversationFiles): Promise<Item | null> {
  const membership = await members.membership(id);
  if (!membership) return null;
  const [someone] = membership.roles.keys();
  const own = someone === undefined ? null : await conversations.findOwn(someone, id);
  return { id, kind: membership.kind, name: own?.head.name ?? null, files, bytes };
}
