import type { Attachment } from '../../contracts/chat/messages.ts';
import type { StoredFile } from './ports.ts';

/** A file as it travels with a message. Its address holds for as long as the message does. */
export const presentFile = ({ id, name, size, mimeType, sha256 }: StoredFile): Attachment => ({
  id,
  name,
  size,
  mimeType,
  sha256,
  url: `/api/v1/media/${id}`,
});
