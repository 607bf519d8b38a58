import type { Attachment } from '../../../contracts/chat/messages.ts';

/** Why a file is gone. */
export type Removal = Required<Pick<Attachment, 'removed'>> & Pick<Attachment, 'keptDays'>;

export const isThere = ({ removed }: Pick<Attachment, 'removed'>): boolean => removed === undefined;

/** What a message keeps of a file that is gone: nothing that was made of its bytes, and of an erased one nothing that its owner wrote. */
export function removedForm({ id, url, name, size, mimeType }: Attachment, { removed, keptDays }: Removal): Attachment {
  if (removed === 'erased') return { id, name: '', size: 0, mimeType: 'application/octet-stream', sha256: '', url, removed };
  return { id, name, size, mimeType, sha256: '', url, removed, ...(keptDays === undefined ? {} : { keptDays }) };
}
