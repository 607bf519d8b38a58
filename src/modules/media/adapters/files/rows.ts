import type { Row } from '../../../../kernel/database.ts';
import type { StoredFile } from '../../ports.ts';

export interface FileRow extends Row {
  id: string;
  owner_id: string;
  name: string;
  mime_type: string;
  size: number;
  sha256: string;
  key: string;
}

/** Of `media.files` as `f` and `media.blobs` as `b`. */
export const fileColumns = 'f.id, f.owner_id, f.name, f.mime_type, f.size, f.sha256, b.key';

export const fileOf = (row: FileRow): StoredFile => ({
  id: row.id,
  ownerId: row.owner_id,
  name: row.name,
  mimeType: row.mime_type,
  size: row.size,
  sha256: row.sha256,
  blobKey: row.key,
});
