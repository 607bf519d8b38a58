import type { Attachment } from '../../contracts/chat/messages.ts';
import type { FileProperties, StoredFile } from './ports.ts';

/** A file as it travels with a message. Its address holds for as long as the message does. */
export const presentFile = (
  { id, name, size, mimeType, sha256 }: StoredFile,
  { hasPreview, ...known }: FileProperties = { hasPreview: false },
): Attachment => ({
  id,
  name,
  size,
  mimeType,
  sha256,
  url: `/api/v1/media/${id}`,
  ...(hasPreview ? { thumbnailUrl: `/api/v1/media/${id}/thumbnail` } : {}),
  ...known,
});
