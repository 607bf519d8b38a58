import type { ConversationFile, FileKind, Message } from '../../shared/model.ts';

/** What is listed; null: not narrowed. */
export interface FileFilter {
  readonly kind: FileKind | null;
  readonly senderId: string | null;
}

const named: readonly FileKind[] = ['image', 'video', 'audio'];

/** As the server sorts them. */
export const kindOf = (mimeType: string): FileKind => named.find((kind) => mimeType.startsWith(`${kind}/`)) ?? 'other';

function filesIn({ id, seq, senderId, createdAt, attachments }: Message, filter: FileFilter): ConversationFile[] {
  if (filter.senderId !== null && filter.senderId !== senderId) return [];
  return attachments
    .filter(({ mimeType, removed }) => removed === undefined && (filter.kind === null || kindOf(mimeType) === filter.kind))
    .map((attachment) => ({ attachment, messageId: id, seq, senderId, sentAt: createdAt }));
}

/** The list, the newest first, with the files of a message as it is now: those of a deleted one are gone. `isWhole`: nothing older is to be read. */
export function withMessage(
  items: readonly ConversationFile[],
  message: Message,
  { filter, isWhole }: { filter: FileFilter; isWhole: boolean },
): readonly ConversationFile[] {
  const files = filesIn(message, filter);
  const others = items.filter(({ messageId }) => messageId !== message.id);
  const last = items.at(-1);
  // One that is older than what was read comes with its page.
  if (!isWhole && last !== undefined && message.seq <= last.seq) {
    const read = new Set(items.map(({ attachment }) => attachment.id));
    return placed(
      others,
      files.filter(({ attachment }) => read.has(attachment.id)),
      message.seq,
    );
  }
  return placed(others, files, message.seq);
}

function placed(others: readonly ConversationFile[], files: readonly ConversationFile[], seq: number): readonly ConversationFile[] {
  const at = others.findIndex((other) => other.seq < seq);
  const place = at < 0 ? others.length : at;
  return [...others.slice(0, place), ...files, ...others.slice(place)];
}

/** Neighbours that are shown alike: pictures and videos in a grid, the others below each other. */
export interface FileRun {
  readonly look: 'grid' | 'list';
  readonly files: readonly ConversationFile[];
}

/** A file with a picture that can stand in a grid. */
export const isVisual = ({ attachment: { mimeType, thumbnailUrl } }: ConversationFile): boolean =>
  mimeType.startsWith('video/') || (mimeType.startsWith('image/') && thumbnailUrl !== undefined);

export function runsOf(files: readonly ConversationFile[]): readonly FileRun[] {
  const runs: { look: FileRun['look']; files: ConversationFile[] }[] = [];
  for (const file of files) {
    const look = isVisual(file) ? 'grid' : 'list';
    const last = runs.at(-1);
    if (last?.look === look) last.files.push(file);
    else runs.push({ look, files: [file] });
  }
  return runs;
}
