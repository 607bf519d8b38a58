import type { Database, Row } from '../../../../kernel/database.ts';
import type { FileProperties, PreviewName, PreviewStore, StoredFile, StoredPreview } from '../../ports.ts';
import { type FileRow, fileColumns, fileOf } from '../files/rows.ts';

interface PreviewRow extends Row {
  name: PreviewName;
  mime_type: string;
  key: string;
  size: number;
}

/** In `media.previews`, and what is known of the bytes in `media.blobs`. They go with the row of the bytes. */
export class PostgresPreviews implements PreviewStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async properties(sha256: string): Promise<FileProperties | null> {
    const [row] = await this.#database.query<{ properties: FileProperties | null }>(
      'SELECT properties FROM media.blobs WHERE sha256 = $1',
      [sha256],
      'media.propertiesOf',
    );
    return row?.properties ?? null;
  }

  save(sha256: string, properties: FileProperties, previews: readonly StoredPreview[]): Promise<readonly string[]> {
    return this.#database.transaction(async (tx) => {
      // Two that made them at once take turns at this row, and the second finds properties.
      const saved = await tx.query(
        `UPDATE media.blobs SET properties = $2 WHERE sha256 = $1 AND (properties IS NULL OR properties ->> 'previewFault' = 'failed') RETURNING sha256`,
        [sha256, JSON.stringify(properties)],
        'media.saveProperties',
      );
      if (saved.length === 0) return previews.map(({ blobKey }) => blobKey);
      await tx.query(
        `INSERT INTO media.previews (sha256, name, key, mime_type, size)
         SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[])`,
        [
          sha256,
          previews.map(({ name }) => name),
          previews.map(({ blobKey }) => blobKey),
          previews.map(({ mimeType }) => mimeType),
          previews.map(({ size }) => size),
        ],
        'media.savePreviews',
      );
      return [];
    });
  }

  async find(sha256: string, name: PreviewName): Promise<StoredPreview | null> {
    const [row] = await this.#database.query<PreviewRow>(
      'SELECT name, mime_type, key, size FROM media.previews WHERE sha256 = $1 AND name = $2',
      [sha256, name],
      'media.findPreview',
    );
    return row ? { name: row.name, mimeType: row.mime_type, blobKey: row.key, size: row.size } : null;
  }

  async unseen(after: string, limit: number): Promise<readonly StoredFile[]> {
    const rows = await this.#database.query<FileRow>(
      `SELECT DISTINCT ON (b.sha256) ${fileColumns} FROM media.blobs b JOIN media.files f USING (sha256)
       WHERE b.sha256 > $1 AND b.properties IS NULL AND (f.mime_type ~ '^(image|video|audio)/' OR f.mime_type = 'application/pdf')
       ORDER BY b.sha256 LIMIT $2`,
      [after, limit],
      'media.unseenBlobs',
    );
    return rows.map(fileOf);
  }

  async filesOf(sha256: string): Promise<readonly StoredFile[]> {
    const rows = await this.#database.query<FileRow>(
      `SELECT ${fileColumns} FROM media.files f JOIN media.blobs b USING (sha256) WHERE f.sha256 = $1`,
      [sha256],
      'media.filesOfBlob',
    );
    return rows.map(fileOf);
  }
}
